package plan

import "foyer/schema"

// languages are those in which every text is written.
var languages = []schema.Language{schema.English, schema.German}
