package replay_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
	sdkpb "go.temporal.io/api/sdk/v1"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestForeign gives a history of Go marks that other SDKs leave, and takes those of Go
// out of it.
func TestForeign(t *testing.T) {
	t.Parallel()
	const with = "; replay it with that one"
	completed := func(r *history.Recording) *historypb.WorkflowTaskCompletedEventAttributes {
		return r.History.Events[3].GetWorkflowTaskCompletedEventAttributes()
	}
	metadata := func(m *sdkpb.WorkflowTaskCompletedMetadata) func(*history.Recording) {
		return func(r *history.Recording) { completed(r).SdkMetadata = m }
	}
	// old leaves nothing that tells the SDK, as services before 1.21.
	old := func(r *history.Recording) {
		for _, e := range r.History.Events {
			if c := e.GetWorkflowTaskCompletedEventAttributes(); c != nil {
				c.SdkMetadata = nil
			}
		}
	}
	// marked makes event 5 a marker.
	marked := func(name string, keys ...string) func(*history.Recording) {
		return func(r *history.Recording) {
			details := map[string]*commonpb.Payloads{}
			for _, key := range keys {
				details[key] = &commonpb.Payloads{}
			}
			r.History.Events[4].EventType = enumspb.EVENT_TYPE_MARKER_RECORDED
			r.History.Events[4].Attributes = &historypb.HistoryEvent_MarkerRecordedEventAttributes{MarkerRecordedEventAttributes: &historypb.MarkerRecordedEventAttributes{
				MarkerName: name, Details: details, WorkflowTaskCompletedEventId: 4,
			}}
		}
	}
	failed := func(source string) func(*history.Recording) {
		return func(r *history.Recording) {
			last := r.History.Events[len(r.History.Events)-1]
			last.EventType = enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED
			last.Attributes = &historypb.HistoryEvent_WorkflowExecutionFailedEventAttributes{WorkflowExecutionFailedEventAttributes: &historypb.WorkflowExecutionFailedEventAttributes{
				Failure: &failurepb.Failure{Source: source, Message: "no"}, WorkflowTaskCompletedEventId: 10,
			}}
		}
	}
	activityFailed := func(source string) func(*history.Recording) {
		return func(r *history.Recording) {
			r.History.Events[6].EventType = enumspb.EVENT_TYPE_ACTIVITY_TASK_FAILED
			r.History.Events[6].Attributes = &historypb.HistoryEvent_ActivityTaskFailedEventAttributes{ActivityTaskFailedEventAttributes: &historypb.ActivityTaskFailedEventAttributes{
				Failure: &failurepb.Failure{Source: source}, ScheduledEventId: 5, StartedEventId: 6,
			}}
		}
	}
	identity := func(name string) func(*history.Recording) {
		return func(r *history.Recording) {
			for _, e := range r.History.Events {
				if s := e.GetWorkflowTaskStartedEventAttributes(); s != nil {
					s.Identity = name
				}
				if c := e.GetWorkflowTaskCompletedEventAttributes(); c != nil {
					c.Identity = name
				}
			}
		}
	}
	all := func(changes ...func(*history.Recording)) func(*history.Recording) {
		return func(r *history.Recording) {
			for _, change := range changes {
				change(r)
			}
		}
	}
	first := func(n int) func(*history.Recording) {
		return func(r *history.Recording) { r.History.Events = r.History.Events[:n] }
	}
	for _, tt := range []struct {
		name   string
		change func(*history.Recording)
		want   string // "" if it is judged
		why    string
	}{
		{"name", metadata(&sdkpb.WorkflowTaskCompletedMetadata{SdkName: "temporal-java"}),
			"event 4: the execution ran on the SDK temporal-java" + with, "it says so"},
		{"core flags", metadata(&sdkpb.WorkflowTaskCompletedMetadata{CoreUsedFlags: []uint32{2}}),
			"event 4: the execution ran on the SDK of TypeScript, Python, .NET or Ruby, as its coreUsedFlags say" +
				with, "Go has no such flags"},
		{"core patch", marked("core_patch", "patch-data"),
			"event 5: the execution ran on the SDK of TypeScript, Python, .NET or Ruby, as its marker core_patch says" +
				with, "patched() of those SDKs"},
		{"core local activity", all(old, marked("core_local_activity", "data", "result")),
			"event 5: the execution ran on the SDK of TypeScript, Python, .NET or Ruby, as its marker " +
				"core_local_activity says" + with, "a local activity of those SDKs"},
		{"Java version", all(old, marked("Version", "changeId", "version")),
			"event 5: the execution ran on the SDK of Java, as the key changeId of its marker Version says" + with,
			"Go has change-id there; the SDK would panic"},
		{"Java local activity", all(old, marked("LocalActivity", "activityId", "type", "input", "meta", "result")),
			"event 5: the execution ran on the SDK of Java, as the key activityId of its marker LocalActivity says" +
				with, "Go has data there"},
		{"Java side effect", all(old, marked("SideEffect", "data")),
			"event 5: the execution ran on the SDK of Java, as its marker SideEffect without side-effect-id says" +
				with, "Go numbers them"},
		{"Java mutable side effect", all(old, marked("MutableSideEffect", "id", "data", "skipCount")),
			"event 5: the execution ran on the SDK of Java, as the key skipCount of its marker MutableSideEffect says" +
				with, "Go has no such key"},
		{"build ID", func(r *history.Recording) { completed(r).BinaryChecksum = "@temporalio/worker@1.9.0+a1b2c3" },
			`event 4: the execution ran on the SDK of TypeScript, as the build ID "@temporalio/worker@1.9.0+a1b2c3" says` + with, "the default of that SDK"},
		{"PHP Worker", identity("roadrunner:default:0199c3b0-5a00-7000-8000-000000000000"),
			`event 3: the execution ran on the SDK of PHP, as the Worker's identity "roadrunner:default:0199c3b0-5a00-7000-8000-000000000000" says` + with,
			"it runs on the Go SDK, which gives its name"},
		{"PHP failure", failed("PHP_SDK"),
			`event 11: the execution ran on the SDK of PHP, as the source "PHP_SDK" of its failure says` + with,
			"as above"},
		{"failure", all(old, failed("PythonSDK")),
			`event 11: the execution ran on the SDK of Python, as the source "PythonSDK" of its failure says` + with,
			"a service that keeps no names"},
		{"identity", all(old, identity("1@order-worker-7d9f")),
			`event 3: the execution ran on the SDK of another language, as the Worker's identity "1@order-worker-7d9f" says, which a Go Worker does not have by default` + with, "those of Java and others are like that"},
		{"not begun, failed attempt",
			all(first(3), withEvents(&historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_FAILED,
				Attributes: &historypb.HistoryEvent_WorkflowTaskFailedEventAttributes{WorkflowTaskFailedEventAttributes: &historypb.WorkflowTaskFailedEventAttributes{
					ScheduledEventId: 2, StartedEventId: 3, Failure: &failurepb.Failure{Source: "JavaSDK"}}}})),
			`event 4: the execution ran on the SDK of Java, as the source "JavaSDK" of its failure says` + with,
			"its type is registered there, and not here"},

		{"Go", func(*history.Recording) {}, "", "it is Go's"},
		{"old Go", old, "", "nothing says that it is not"},
		{"identity of a Go Worker", all(old, identity("4711@host@orders")), "", "the default of Go"},
		{"own identity", all(old, identity("order-worker-1")), "", "anybody can set it"},
		{"own identity like that of Java", identity("4711@host"), "", "it gives its name"},
		{"failure that was passed on", all(old, activityFailed("PythonSDK"), failed("PythonSDK")), "",
			"Go code may return the error of an activity in Python as it is"},
		{"failure of PHP that was passed on", all(activityFailed("PHP_SDK"), failed("PHP_SDK")), "", "as above"},
		{"failure of an activity", activityFailed("TypeScriptSDK"), "", "activities run where they like"},
		{"failure under a name", failed("JavaSDK"), "",
			"its Workers say that they are Go's, so it came from somewhere"},
		{"started by another", func(r *history.Recording) { startOf(r).Identity = "4711@host" }, "",
			"who starts it need not run it"},
		{"not begun, started by another",
			all(first(2), func(r *history.Recording) { startOf(r).Identity = "4711@host" }), "", "as above"},
		{"Go version", all(old, marked("Version", "change-id", "version", "version-search-attribute-updated")), "",
			"that is Go's marker"},
		{"Go local activity", all(old, marked("LocalActivity", "data", "result")), "", "that is Go's marker"},
		{"Go side effect", all(old, marked("SideEffect", "side-effect-id", "data")), "", "that is Go's marker"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			r := recording(t, "patching/initial.completed")
			tt.change(r)
			for _, stage := range []versioning.Stage{patchingStage(t, "patched"),
				stageOf("Other", func(workflow.Context) error { return nil })} {
				got := replay.Judge(t.Context(), stage, r, nil)
				if tt.want == "" {
					require.NotContains(t, advice.Line(got), "ran on the SDK", tt.why)
					continue
				}
				require.Equal(t, tt.want, advice.Line(got), tt.why)
				require.Equal(t, replay.Unjudged, got.Verdict)
			}
		})
	}
}
