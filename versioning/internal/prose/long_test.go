package prose_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
)

// TestLong holds that very long texts lose their middle, that others lose nothing, and that no character or escape is cut.
func TestLong(t *testing.T) {
	t.Parallel()
	for _, unit := range []string{"a", "é", "😀", "\"", "\\", "\n", "\x1b", "\u202e", "\U000e0041", "a\x00b😀"} {
		for _, n := range []int{1, 3999 / len(unit), 4001, 5003, 200_000} {
			text := strings.Repeat(unit, n)
			plain := prose.Plain(text)
			require.True(t, utf8.ValidString(plain))
			require.Less(t, len(plain), 30_000, "%q", unit)
			var b bytes.Buffer
			require.NoError(t, prose.JSON(&b, "text", map[string]any{"short": "x", "long": text, "last": []string{text, "y"}}))
			var got struct {
				Short, Long string
				Last        []string
			}
			require.NoError(t, json.Unmarshal(b.Bytes(), &got), "%q", unit)
			require.Equal(t, "x", got.Short)
			require.Equal(t, "y", got.Last[1])
			require.Less(t, b.Len(), 40_000)
			require.NotContains(t, got.Long, "\ufffd", "no character is cut")
			if 12*n < 4000 {
				require.Equal(t, text, got.Long)
				continue
			}
			if len(text) > 4000 {
				require.Contains(t, plain, " bytes in all) …")
				require.Contains(t, got.Long, " bytes in all) …")
				require.True(t, strings.HasPrefix(text, got.Long[:2]))
			}
		}
	}
}
