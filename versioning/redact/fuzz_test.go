package redact_test

import (
	"context"
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/caught"
	"github.com/replaymatrix/replaymatrix/versioning/internal/mutate"
	"github.com/replaymatrix/replaymatrix/versioning/redact"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// FuzzRecording redacts histories that no service has written: each is redacted, or refused with a reason.
func FuzzRecording(f *testing.F) {
	type seed struct {
		stages    []versioning.Stage
		recording *history.Recording
	}
	var seeds []seed
	for _, family := range workflows.Families {
		sources, err := history.Dir(os.DirFS("../../histories/"+family.Name), ".")
		require.NoError(f, err)
		for i, s := range sources {
			if i%7 != 0 {
				continue
			}
			r, err := s.Load()
			require.NoError(f, err)
			stages := family.Stages[:min(2, len(family.Stages))]
			if i%14 == 0 {
				stages = family.Stages[len(family.Stages)-1:]
			}
			seeds = append(seeds, seed{stages, r})
		}
	}
	for i := range seeds {
		f.Add(uint16(i), []byte{9, byte(i), 1, 2, 3, 10, 3, 4, byte(i), 6})
	}
	f.Fuzz(func(t *testing.T, which uint16, how []byte) {
		s := seeds[int(which)%len(seeds)]
		r := *s.recording
		r.History = &historypb.History{Events: mutate.Events(r.History.GetEvents(), how)}
		redacted, _, err := redact.Recording(context.Background(), s.stages, &r, redact.Options{Trials: 4})
		if err != nil {
			var panicked *caught.Panic
			require.False(t, errors.As(err, &panicked), "%v", err)
			require.Nil(t, redacted)
			return
		}
		require.True(t, redacted.Redacted)
	})
}
