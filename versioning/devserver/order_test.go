package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/record"
	"github.com/replaymatrix/replaymatrix/versioning/replaytest/testdata/order"
)

// TestRecordOrder records the histories of the example of package replaytest, and
// with -record writes them there: as the Temporal CLI does, without a word about
// where they come from, and under names of their own.
func TestRecordOrder(t *testing.T) {
	t.Parallel()
	const stored = "../replaytest/testdata/histories"
	family := &versioning.Family{
		Name: "order", Doc: "x", WorkflowTypes: []string{"Order"},
		Scenarios: []versioning.Scenario{versioning.RunsToCompletion, versioning.WaitsForActivity},
		Stages: []versioning.Stage{{
			Name: "today", Doc: "x",
			Register: func(r worker.WorkflowRegistry) { r.RegisterWorkflow(order.Order) },
			RegisterActivities: func(r worker.ActivityRegistry) {
				r.RegisterActivity(order.Charge)
				r.RegisterActivity(order.Ship)
			},
		}},
	}
	dir := t.TempDir()
	for scenario, name := range []string{"order-4711", "order-4712_events"} {
		f := *family
		f.Scenarios = f.Scenarios[scenario : scenario+1]
		f.Scenarios[0].Input = []any{name[:len("order-4711")]}
		outcomes, err := record.Family(t.Context(), &f, record.Options{
			Client: dial(t, start(t, Options{Address: "127.0.0.1:0"})), Dir: dir, Accept: replaysSafely, Timeout: patience,
		})
		require.NoError(t, err)
		data, err := os.ReadFile(outcomes[0].Path)
		require.NoError(t, err)
		_, events, found := strings.Cut(string(data), `"events":`)
		require.True(t, found)
		plain, file := "{\n  \"events\":"+events, filepath.Join(stored, name+".json")
		if flag.Lookup("record").Value.String() == "true" {
			require.NoError(t, os.MkdirAll(stored, 0o755))
			require.NoError(t, os.WriteFile(file, []byte(plain), 0o644))
		}
		committed, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, mask(string(committed)), mask(plain), "go test -run TestRecordOrder -record writes %s anew", file)
	}
}
