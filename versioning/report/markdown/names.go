package markdown

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
)

// mostNames is the number of names in an enumeration.
const mostNames = 5

// someNames are the first names, and how many more there are.
func someNames(names []string, most int) string {
	var texts []string
	for _, name := range names {
		texts = append(texts, shortCode(name))
	}
	return some(texts, most)
}

// some are the texts, of many the first.
func some(texts []string, most int) string {
	if n := len(texts) - most; n > 0 {
		texts = texts[:most]
		return fmt.Sprintf("%s and %s more", strings.Join(texts, ", "), prose.Thousands(n))
	}
	return strings.Join(texts, ", ")
}

// shortCode is a name as code, without its middle if it is too long for a table.
func shortCode(name string) string {
	return prose.Code(prose.Shorten(prose.Plain(name), words.LongestName))
}

func workflows(n int) string { return prose.Plural(n, "workflow") }
