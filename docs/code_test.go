package docs_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var quotedCode = regexp.MustCompile("(?s)<!-- (?:from|file:) (\\S+) -->\n```go\n(.*?)```\n")

// TestYourOwn holds that the Go code of these pages is code that is compiled.
func TestYourOwn(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"your-own.md", "verdicts.md"} {
		page, err := os.ReadFile(file)
		require.NoError(t, err)
		blocks := quotedCode.FindAllStringSubmatch(string(page), -1)
		require.NotEmpty(t, blocks)
		require.Len(t, blocks, strings.Count(string(page), "```go"), "every block of %s says where it is from", file)
		for _, block := range blocks {
			if strings.HasPrefix(block[0], "<!-- file:") {
				block[1] = "testdata/consumer/" + block[1] // the sample
			}
			source, err := os.ReadFile("../" + block[1])
			require.NoError(t, err)
			require.Contains(t, string(source), block[2], "%s quotes %s", file, block[1])
		}
	}
}
