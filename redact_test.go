package replaymatrix_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/redact"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

func TestEverythingRedacts(t *testing.T) {
	t.Parallel()
	for _, c := range corpora() {
		t.Run(c.family.Name, func(t *testing.T) {
			t.Parallel()
			sources, err := history.Dir(c.recordings(), ".")
			require.NoError(t, err)
			for _, source := range sources {
				r, err := source.Load()
				require.NoError(t, err)
				r.Family = c.family.Name
				redacted, report, err := redact.Recording(context.Background(), c.family.Stages, r, redact.Options{Replay: replay.Options{Replayer: c.replay}})
				if err != nil {
					t.Error(err)
					continue
				}
				var b bytes.Buffer
				require.NoError(t, report.Write(&b))
				t.Log(report.Trials, b.String())
				_ = redacted
			}
		})
	}
}
