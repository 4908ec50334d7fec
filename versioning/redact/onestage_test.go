package redact_test

import (
	"os"
	"path"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/redact"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/runtimechecks"
)

// TestOneStage redacts recordings with a single stage, which has not to send what the recording has: a memo, search
// attributes, a retry policy.
func TestOneStage(t *testing.T) {
	t.Parallel()
	for _, family := range runtimechecks.Families {
		_, kind := path.Split(family.Name)
		if kind != "child-options" && kind != "memo" && kind != "search-attributes" && kind != "activity-options" {
			continue
		}
		r, err := history.ReadFile(os.DirFS("../../histories/"+family.Name), "base.closed.json")
		require.NoError(t, err)
		for _, stage := range family.Stages {
			t.Run(kind+"/"+stage.Name, func(t *testing.T) {
				t.Parallel()
				redacted, _, err := redact.Recording(t.Context(), []versioning.Stage{stage}, r, redact.Options{})
				require.NoError(t, err)
				encoded, err := history.Encode(redacted)
				require.NoError(t, err)
				_, err = history.Decode("base.closed.json", encoded)
				require.NoError(t, err, "what was written can be read")
			})
		}
	}
}
