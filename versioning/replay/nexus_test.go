package replay_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/testdata/nexus"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestNexusNames holds that a Nexus operation is called by its service and its own name, whatever was
// changed: a name alone says little, as each service has its own.
func TestNexusNames(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		stage, recording string
		kind             cause.Kind
		names            []string
		why              string
	}{
		{"other-operation", "base.sync", cause.CallRenamed, []string{"orders.charge", "orders.refund"},
			"another one of the same service"},
		{"other-operation", "base.async", cause.CallRenamed, []string{"orders.deliver", "orders.wait"},
			"another one of the same service"},
		{"other-service", "base.sync", cause.CallRenamed, []string{"orders.charge", "purchases.charge"},
			"the same name of another service"},
		{"other-service", "base.cancelled", cause.CallRenamed, []string{"orders.wait", "purchases.wait"},
			"the same name of another service"},
		{"other-endpoint", "base.sync", cause.OptionsChanged, []string{"orders.charge", "payments", "payments-abroad"},
			"what runs may be another service of that name"},
		{"other-input", "base.sync", cause.ValuesChanged, []string{"orders.charge"}, "the same operation"},
		{"removed", "base.sync", cause.CallRemoved, []string{"orders.charge"}, "no operation"},
	} {
		stage, ok := nexus.Family.Stage(tt.stage)
		require.True(t, ok)
		r, err := history.ReadFile(os.DirFS("../../testdata/histories/nexus"), tt.recording+".json")
		require.NoError(t, err)
		got := replay.Judge(t.Context(), stage, r, &replay.Options{Explain: true, Stages: nexus.Family.Stages})
		require.Equal(t, tt.kind, got.Cause.Kind, tt.why)
		first := got.Explanation.First
		for _, name := range tt.names {
			require.Contains(t, advice.Line(got), name, tt.why)
			require.Contains(t, advice.Explain(got).What, name, tt.why)
			require.Contains(t, got.Cause.String(), name, tt.why)
		}
		require.Contains(t, first.EventText, tt.names[0], tt.why)
	}
}
