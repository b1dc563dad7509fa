package graph

// filled is a text, or nothing when it is empty.
func filled(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// said is a text that may be missing.
func said(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
