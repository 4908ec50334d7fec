package play

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPlain(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{`"pre-patch"`: "pre-patch", `""`: `""`, `3`: "3",
		`{"a":"b"}`: `{"a":"b"}`, `null`: "null"} {
		require.Equal(t, want, plain(text))
	}
}
