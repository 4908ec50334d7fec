package prose_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
)

// TestJSON holds that a terminal obeys nothing in a document, and that the document says the same.
func TestJSON(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want, why string }{
		{"a", `"a"`, "letters"},
		{"Bestellung – 注文 🎁", `"Bestellung – 注文 🎁"`, "of all scripts"},
		{"\x1b[31m", `"\u001b[31m"`, "the encoder's own"},
		{"a\u009b31m\x7f", `"a\u009b31m\u007f"`, "C1 controls are controls"},
		{"\u202egnp.exe", `"\u202egnp.exe"`, "what turns the text round"},
		{"\U000e0041", `"\udb40\udc41"`, "what is above 16 bits"},
		{"\ufffd", `"` + "\ufffd" + `"`, "what stands for no character is one"},
	} {
		var b bytes.Buffer
		require.NoError(t, prose.JSON(&b, "document", tt.text))
		require.Equal(t, tt.want+"\n", b.String(), tt.why)
		var back string
		require.NoError(t, json.Unmarshal(b.Bytes(), &back))
		require.Equal(t, tt.text, back, tt.why)
	}
}
