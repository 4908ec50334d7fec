package matrix_test

import (
	"errors"
	"fmt"
	"os"
	"path"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// failing is a data converter that fails in the nth of its calls, in its own way.
type failing struct {
	converter.DataConverter
	calls, at *atomic.Int64
	fail      func()
}

func (f *failing) count() {
	if f.calls.Add(1) == f.at.Load() {
		f.fail()
	}
}

func (f *failing) ToPayload(value any) (*commonpb.Payload, error) {
	f.count()
	return f.DataConverter.ToPayload(value)
}

func (f *failing) FromPayload(p *commonpb.Payload, to any) error {
	f.count()
	return f.DataConverter.FromPayload(p, to)
}

func (f *failing) ToPayloads(values ...any) (*commonpb.Payloads, error) {
	f.count()
	return f.DataConverter.ToPayloads(values...)
}

func (f *failing) FromPayloads(p *commonpb.Payloads, to ...any) error {
	f.count()
	return f.DataConverter.FromPayloads(p, to...)
}

func (f *failing) ToString(p *commonpb.Payload) string {
	f.count()
	return f.DataConverter.ToString(p)
}

func (f *failing) ToStrings(p *commonpb.Payloads) []string {
	f.count()
	return f.DataConverter.ToStrings(p)
}

// TestConverterFailsAnywhere lets a data converter fail in one call after another, wherever in a judgement that is: the
// process goes on, and no cell is safe that was not before. One that ends its goroutine within a workflow ends the workflow
// function there, in one replay of several; that is only known not to hang.
func TestConverterFailsAnywhere(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"patching/initial.waiting", "runtimechecks/memo/base.open", "runtimechecks/update/base.open",
		"runtimechecks/side-effect/base.open", "runtimechecks/child-options/base.open", "runtimechecks/search-attributes/base.open"} {
		for how, fail := range map[string]func(){"panics": func() { panic("no key") }, "ends its goroutine": runtime.Goexit} {
			if how != "panics" && name == "patching/initial.waiting" {
				continue // a Worker that never answers is waited for, for half a minute
			}
			t.Run(name+" "+how, func(t *testing.T) {
				t.Parallel()
				// The SDK takes a second to see that a coroutine does not come back.
				times, recovered := int64(25), how == "panics"
				if !recovered {
					times = 2
				}
				f, source := familyAndRecording(t, name)
				dc := &failing{converter.GetDefaultDataConverter(), &atomic.Int64{}, &atomic.Int64{}, fail}
				judge := func() map[string]replay.Verdict {
					dc.calls.Store(0)
					m, err := matrix.Judge(t.Context(), f, slices.Values([]history.Source{source}), &matrix.Options{
						Config:  replay.Config{Worker: worker.WorkflowReplayerOptions{DataConverter: dc}},
						Explain: true, Workers: 1,
					})
					require.NoError(t, err)
					verdicts := map[string]replay.Verdict{}
					for c := range m.Cells() {
						verdicts[c.Stage] = c.Verdict
					}
					return verdicts
				}
				well := judge()
				calls := dc.calls.Load()
				require.NotZero(t, calls)
				for at := int64(1); at <= calls; at += max(1, calls/times) {
					dc.at.Store(at)
					for stage, verdict := range judge() {
						if verdict == replay.Safe && recovered {
							require.Equal(t, replay.Safe, well[stage], "%s, call %d", stage, at)
						}
					}
				}
			})
		}
	}
}

func familyAndRecording(t testing.TB, name string) (*versioning.Family, history.Source) {
	t.Helper()
	family, recording := path.Split(name)
	family = path.Clean(family)
	i := slices.IndexFunc(workflows.Families, func(f *versioning.Family) bool { return f.Name == family })
	require.NotEqual(t, -1, i, family)
	sources, err := history.Dir(os.DirFS("../../histories/"+family), ".")
	require.NoError(t, err)
	j := slices.IndexFunc(sources, func(s history.Source) bool { return s.Name == recording })
	require.NotEqual(t, -1, j, recording)
	return workflows.Families[i], sources[j]
}

// hostileInterceptor panics where it is told to.
type hostileInterceptor struct {
	interceptor.WorkerInterceptorBase
	at string
}

func (h *hostileInterceptor) InterceptWorkflow(ctx workflow.Context, next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	if h.at == "made" {
		panic("intercepted")
	}
	in := &hostileInbound{at: h.at}
	in.Next = next
	return in
}

type hostileInbound struct {
	interceptor.WorkflowInboundInterceptorBase
	at string
}

func (h *hostileInbound) Init(out interceptor.WorkflowOutboundInterceptor) error {
	if h.at == "initialized" {
		panic("intercepted")
	}
	return h.Next.Init(out)
}

func (h *hostileInbound) ExecuteWorkflow(ctx workflow.Context, in *interceptor.ExecuteWorkflowInput) (any, error) {
	if h.at == "run" {
		panic("intercepted")
	}
	return h.Next.ExecuteWorkflow(ctx, in)
}

func (h *hostileInbound) HandleQuery(ctx workflow.Context, in *interceptor.HandleQueryInput) (any, error) {
	if h.at == "asked" {
		panic("intercepted")
	}
	return h.Next.HandleQuery(ctx, in)
}

// TestHostileCode lets code of the user's panic outside of its workflow and within. Such a cell says where, and the
// others are judged.
func TestHostileCode(t *testing.T) {
	t.Parallel()
	intercepted := func(at string) matrix.Options {
		return matrix.Options{Config: replay.Config{Worker: worker.WorkflowReplayerOptions{
			Interceptors: []interceptor.WorkerInterceptor{&hostileInterceptor{at: at}}}}}
	}
	for _, tt := range []struct {
		name string
		opts matrix.Options
		load func() (*history.Recording, error)
		want replay.Verdict
		text string
		why  string
	}{
		{name: "interceptor, made", opts: intercepted("made"), want: replay.Panic, why: "the Workflow Task fails"},
		{name: "interceptor, initialized", opts: intercepted("initialized"), want: replay.Panic, why: "the same"},
		{name: "interceptor, run", opts: intercepted("run"), want: replay.Panic, why: "the same"},
		{name: "interceptor, asked", opts: intercepted("asked"), want: replay.Safe, why: "a query that fails moves no execution"},
		{name: "loading", load: func() (*history.Recording, error) { panic("no such disk") }, want: replay.Unjudged,
			text: `reading a: panic: no such disk at matrix/hostile_test\.go:\d+`, why: "a source is code of the caller's"},
		{name: "loading ends the goroutine", load: func() (*history.Recording, error) { runtime.Goexit(); return nil, nil }, want: replay.Unjudged,
			text: "runtime.Goexit", why: "as t.FailNow does"},
		{name: "loading gives no history", load: func() (*history.Recording, error) { return &history.Recording{}, nil }, want: replay.Unjudged,
			text: "no events", why: "nobody promises one"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f, good := familyAndRecording(t, "patching/initial.completed")
			bad := good
			bad.Name, bad.Read = "a", nil
			if tt.load != nil {
				bad.Load = tt.load
			}
			tt.opts.Only = func(_, stage string) bool { return stage == "initial" }
			m, err := matrix.Judge(t.Context(), f, slices.Values([]history.Source{bad, good}), &tt.opts)
			require.NoError(t, err)
			require.Len(t, m.Rows, 2, "no row is lost")
			cell := m.Rows[0].Cells[0]
			require.Equal(t, tt.want, cell.Verdict, "%s: %v", tt.why, cell.Err)
			if tt.text != "" {
				require.Regexp(t, tt.text, fmt.Sprint(errors.Join(cell.Err, m.Rows[0].Err)))
			}
			if tt.load != nil {
				require.Equal(t, replay.Safe, m.Rows[1].Cells[0].Verdict, "the next one is judged")
			}
		})
	}
}
