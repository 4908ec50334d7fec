package cache

import (
	"log/slog"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

func someInputs() Inputs {
	return Inputs{
		Family: &versioning.Family{
			Name: "order", WorkflowTypes: []string{"Order"},
			Stages: []versioning.Stage{{Name: "v1"}, {Name: "v2", BuildID: "2.0"}},
		},
		Config: replay.Config{Level: compare.Values,
			Allow: []compare.Allow{{Path: "a.*", Reason: "wanted"}, {Path: "b", Reason: "wanted"}}},
		Key: "key 1",
	}
}

// TestInputs changes one thing at a time: no two have a file in common.
func TestInputs(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, tt := range []struct {
		name string
		edit func(*Store, *Inputs)
		why  string
	}{
		{"base", func(*Store, *Inputs) {}, "what the others are compared with"},
		{"program", func(s *Store, _ *Inputs) { s.program = digest{1} }, "other code"},
		{"surroundings", func(s *Store, _ *Inputs) { s.surroundings = digest{1} }, "a key in the environment"},
		{"key", func(_ *Store, in *Inputs) { in.Key = "key 2" }, "the user says so"},
		{"family", func(_ *Store, in *Inputs) { in.Family.Name = "orders" }, "another family can have the same stages"},
		{"type", func(_ *Store, in *Inputs) { in.Family.WorkflowTypes = []string{"Orders"} }, "a part of the family"},
		{"catalogue", func(_ *Store, in *Inputs) { in.Family.Catalogue = true }, "other cells"},
		{"stage", func(_ *Store, in *Inputs) { in.Family.Stages[0].Name = "v0" }, "a cell has its name"},
		{"rehearse", func(_ *Store, in *Inputs) { in.Rehearse = rehearse.None }, "other effects"},
		{"build", func(_ *Store, in *Inputs) { in.Family.Stages[1].BuildID = "2.1" }, "decides on not-applicable"},
		{"order", func(_ *Store, in *Inputs) { slices.Reverse(in.Family.Stages) }, "tells a deploy from a rollback"},
		{"fewer stages", func(_ *Store, in *Inputs) { in.Family.Stages = in.Family.Stages[:1] }, "other cells"},
		{"level", func(_ *Store, in *Inputs) { in.Level = compare.Shape }, "finds less"},
		{"twice", func(_ *Store, in *Inputs) { in.Twice = true }, "finds more"},
		{"rule", func(_ *Store, in *Inputs) { in.Allow[0].Path = "a.b" }, "allows less"},
		{"reason", func(_ *Store, in *Inputs) { in.Allow[0].Reason = "known" }, "is in the result"},
		{"tolerance", func(_ *Store, in *Inputs) { in.Allow[0].Within = "10ms" }, "allows less"},
		{"rules", func(_ *Store, in *Inputs) { slices.Reverse(in.Allow) }, "the first that fits is used"},
		{"no rules", func(_ *Store, in *Inputs) { in.Allow = nil }, "drift"},
		{"strict", func(_ *Store, in *Inputs) { in.StrictPayloads = true }, "finds more"},
		{"namespace", func(_ *Store, in *Inputs) { in.DefaultNamespace = "default" }, "code asks for it"},
		{"deadlocks", func(_ *Store, in *Inputs) { in.Worker.DisableDeadlockDetection = true }, "slow code is safe"},
		{"aliases", func(_ *Store, in *Inputs) { in.Worker.DisableRegistrationAliasing = true },
			"other types are found"},
	} {
		require.NotEmpty(t, tt.why)
		paths := [2]string{}
		for i := range paths {
			store, in := &Store{folder: "cache"}, someInputs()
			tt.edit(store, &in)
			rows := store.Rows(in)
			require.NotNil(t, rows, tt.name)
			paths[i] = rows.path
		}
		require.Equal(t, paths[0], paths[1], tt.name)
		require.Emptyf(t, seen[paths[0]], "%s: %s", tt.name, tt.why)
		seen[paths[0]] = tt.name
	}
}

// TestEveryInputIsDecidedOn fails when there is a new field: say in Inputs.digest or
// Inputs.cacheable what it does to a key, and add it here.
func TestEveryInputIsDecidedOn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		value  any
		fields []string
	}{
		{replay.Options{}, []string{"Config", "Worker", "Level", "Allow", "StrictPayloads", "DefaultNamespace",
			"Logger", "Stages", "Catalogue", "Explain", "Twice"}},
		{versioning.Family{}, []string{"Name", "Doc", "WorkflowTypes", "Stages", "Catalogue", "Reference", "Scenarios"}},
		{versioning.Stage{}, []string{"Name", "Doc", "Register", "RegisterActivities", "BuildID", "WorkerOptions"}},
		{compare.Allow{}, []string{"Path", "Reason", "Within"}},
	} {
		var fields []string
		for _, field := range reflect.VisibleFields(reflect.TypeOf(tt.value)) {
			fields = append(fields, field.Name)
		}
		require.Equal(t, tt.fields, fields, "%T", tt.value)
	}
}

func TestCacheable(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		in   Inputs
		want bool
		why  string
	}{
		{"default", Inputs{}, true, "the SDK is in the program"},
		{"switches", Inputs{Config: replay.Config{Worker: worker.WorkflowReplayerOptions{DisableDeadlockDetection: true,
			DisableRegistrationAliasing: true}}}, true, "in the key"},
		{"converter", replayer(worker.WorkflowReplayerOptions{DataConverter: converter.GetDefaultDataConverter()}, ""),
			false, "it can fetch its keys"},
		{"interceptor", replayer(worker.WorkflowReplayerOptions{Interceptors: []interceptor.WorkerInterceptor{&interceptor.WorkerInterceptorBase{}}}, ""), false, "any code"},
		{"plugin", replayer(worker.WorkflowReplayerOptions{Plugins: []worker.Plugin{nil}}, ""), false, "any code"},
		{"converter with a key",
			replayer(worker.WorkflowReplayerOptions{DataConverter: converter.GetDefaultDataConverter()}, "v1"), true,
			"the user answers for it"},
		{"logger", Inputs{Key: "v1",
			Config: replay.Config{Logger: sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler))}}, false,
			"no replay, no log"},
	} {
		require.Equal(t, tt.want, tt.in.cacheable(), "%s: %s", tt.name, tt.why)
		if !tt.want {
			tt.in.Family = someInputs().Family
			require.Nil(t, (&Store{}).Rows(tt.in), tt.name)
		}
	}
}

func replayer(o worker.WorkflowReplayerOptions, key string) Inputs {
	return Inputs{Key: key, Config: replay.Config{Worker: o}}
}

func TestSurroundings(t *testing.T) {
	t.Parallel()
	base := []string{"HOME=/home/ann", "ORDERS_KEY=1", "TERM=xterm", "GITHUB_RUN_ID=1"}
	for _, tt := range []struct {
		environ []string
		working string
		same    bool
		why     string
	}{
		{base, "/repo", true, "the same"},
		{[]string{"GITHUB_RUN_ID=1", "TERM=xterm", "ORDERS_KEY=1", "HOME=/home/ann"}, "/repo", true, "in any order"},
		{[]string{"HOME=/home/ann", "ORDERS_KEY=1", "TERM=dumb", "GITHUB_RUN_ID=2", "SHLVL=3", Variable + "=/x"},
			"/repo", true, "what passes"},
		{base, "/repo/cmd", false, "relative paths lead elsewhere"},
		{[]string{"HOME=/home/ann", "ORDERS_KEY=2"}, "/repo", false, "another key"},
		{[]string{"HOME=/home/ann"}, "/repo", false, "no key"},
		{append(base, "TEMPORAL_SDK_FLAG_5=1"), "/repo", false, "the SDK reads it"},
		{append(base, "TERMINAL=x"), "/repo", false, "TERM_* is no TERM*"},
	} {
		before := slices.Clone(tt.environ)
		require.Equal(t, tt.same, surroundings(base, "/repo") == surroundings(tt.environ, tt.working), tt.why)
		require.Equal(t, before, tt.environ, "the caller's list is left alone")
	}
}
