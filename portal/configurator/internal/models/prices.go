package models

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
)

// Prices are those of pc-richmond in cents, by the names that the DIMACS file has
// for its variables. A feature without a price of its own costs nothing.
func Prices(t testing.TB) map[string]int64 {
	t.Helper()
	prices, err := FromAttributes(File(t, "pc-richmond-attributes.xml"))
	if err != nil {
		t.Fatalf("pc-richmond-attributes.xml: %v", err)
	}
	return prices
}

// FromAttributes reads the attribute Price of each feature, at any depth.
func FromAttributes(content []byte) (map[string]int64, error) {
	prices := map[string]int64{}
	reader := xml.NewDecoder(bytes.NewReader(content))
	var features []string
	for {
		token, err := reader.Token()
		if errors.Is(err, io.EOF) {
			return prices, nil
		}
		if err != nil {
			return nil, err
		}
		switch element := token.(type) {
		case xml.StartElement:
			features = append(features, attribute(element, "name"))
			if element.Name.Local != "attribute" || attribute(element, "name") != "Price" || len(features) < 2 {
				continue
			}
			feature := features[len(features)-2]
			if prices[feature], err = cents(attribute(element, "value")); err != nil {
				return nil, fmt.Errorf("%s: %w", feature, err)
			}
		case xml.EndElement:
			features = features[:len(features)-1]
		}
	}
}

func attribute(element xml.StartElement, name string) string {
	for _, a := range element.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// cents reads "23.5" as 2350, without a detour over fractions.
func cents(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	whole, fraction, _ := strings.Cut(text, ".")
	if len(fraction) > 2 {
		return 0, fmt.Errorf("a price of %s", text)
	}
	return strconv.ParseInt(whole+(fraction + "00")[:2], 10, 64)
}
