package collect_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/replaymatrix/replaymatrix/testdata/encrypted"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// waiting waits for a signal, and reads nothing: it replays with any converter.
var waiting = &versioning.Family{Name: "waiting", Doc: "A workflow that waits.", WorkflowTypes: []string{"Waiting"},
	Stages: []versioning.Stage{{Name: "only", Doc: "It waits.", Register: func(r worker.WorkflowRegistry) {
		r.RegisterWorkflowWithOptions(func(ctx workflow.Context) error {
			workflow.GetSignalChannel(ctx, "go").Receive(ctx, nil)
			return nil
		}, workflow.RegisterOptions{Name: "Waiting"})
	}}}}

// signalled is an execution of it with the payload in its signal.
func signalled(payload *commonpb.Payload) *historypb.History {
	queue := &taskqueuepb.TaskQueue{Name: "orders", Kind: enumspb.TASK_QUEUE_KIND_NORMAL}
	h := &historypb.History{Events: []*historypb.HistoryEvent{
		{EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED, Attributes: &historypb.HistoryEvent_WorkflowExecutionStartedEventAttributes{
			WorkflowExecutionStartedEventAttributes: &historypb.WorkflowExecutionStartedEventAttributes{
				WorkflowType: &commonpb.WorkflowType{Name: "Waiting"}, TaskQueue: queue}}},
		{EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED, Attributes: &historypb.HistoryEvent_WorkflowExecutionSignaledEventAttributes{
			WorkflowExecutionSignaledEventAttributes: &historypb.WorkflowExecutionSignaledEventAttributes{
				SignalName: "go", Input: &commonpb.Payloads{Payloads: []*commonpb.Payload{payload}}}}},
		{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED, Attributes: &historypb.HistoryEvent_WorkflowTaskScheduledEventAttributes{
			WorkflowTaskScheduledEventAttributes: &historypb.WorkflowTaskScheduledEventAttributes{TaskQueue: queue}}},
		{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED, Attributes: &historypb.HistoryEvent_WorkflowTaskStartedEventAttributes{
			WorkflowTaskStartedEventAttributes: &historypb.WorkflowTaskStartedEventAttributes{ScheduledEventId: 3}}},
		{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED, Attributes: &historypb.HistoryEvent_WorkflowTaskCompletedEventAttributes{
			WorkflowTaskCompletedEventAttributes: &historypb.WorkflowTaskCompletedEventAttributes{ScheduledEventId: 3, StartedEventId: 4}}},
		{EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, Attributes: &historypb.HistoryEvent_WorkflowExecutionCompletedEventAttributes{
			WorkflowExecutionCompletedEventAttributes: &historypb.WorkflowExecutionCompletedEventAttributes{WorkflowTaskCompletedEventId: 5}}},
	}}
	for i, event := range h.Events {
		event.EventId = int64(i + 1)
		event.EventTime = timestamppb.New(time.Date(2026, 1, 1, 0, 0, i, 0, time.UTC))
	}
	return h
}

// lockedOut is a converter with a key that opens nothing.
type lockedOut struct{}

func (lockedOut) Encode([]*commonpb.Payload) ([]*commonpb.Payload, error) {
	return nil, errors.New("no key")
}
func (lockedOut) Decode([]*commonpb.Payload) ([]*commonpb.Payload, error) {
	return nil, errors.New("no key")
}

// TestRedactedWithoutConverter replaces the file of a closed run that was redacted when nothing could read its payloads,
// as soon as something can, and leaves it alone before and after.
func TestRedactedWithoutConverter(t *testing.T) {
	t.Parallel()
	const secret = "alice"
	payload, err := encrypted.Converter.ToPayload(secret)
	require.NoError(t, err)
	s := &service{history: func(context.Context) (*historypb.History, error) { return signalled(proto.CloneOf(payload)), nil }}
	address, dir := s.serve(t, nil), filepath.Join(t.TempDir(), "waiting")
	file := filepath.Join(dir, "order-1_"+runID+".json")
	with := func(dc converter.DataConverter) cli.Command {
		return cli.Command{Families: []*versioning.Family{waiting}, Replayer: worker.WorkflowReplayerOptions{DataConverter: dc}}
	}
	stranger := converter.NewCodecDataConverter(converter.GetDefaultDataConverter(), lockedOut{})
	read := func(t *testing.T) (value string, content []byte, err error) {
		t.Helper()
		r, err := history.ReadFile(os.DirFS(dir), filepath.Base(file))
		require.NoError(t, err)
		require.True(t, r.Redacted)
		content, err = os.ReadFile(file)
		require.NoError(t, err)
		input := r.History.GetEvents()[1].GetWorkflowExecutionSignaledEventAttributes().GetInput().GetPayloads()[0]
		return value, content, encrypted.Converter.FromPayload(input, &value)
	}
	var before []byte
	for _, tt := range []struct {
		name, want      string
		converter       converter.DataConverter
		asked           int
		changes, opened bool
		why             string
	}{
		{"first", "pulled 1,", nil, 1, true, false, "nothing can read it, so it is replaced whole"},
		{"still none", "already there 1,", nil, 0, false, false, "nothing has changed"},
		{"another key", "already there 1,", stranger, 1, false, false, "it reads no more of the original than before"},
		{"the converter", "refreshed 1,", encrypted.Converter, 1, true, true, "it is worth more now"},
		{"the converter again", "already there 1,", encrypted.Converter, 0, false, true, "everything is read"},
		{"none again", "already there 1,", nil, 0, false, true, "it would get worse"},
		{"another key again", "already there 1,", stranger, 1, false, true, "it would get worse here too"},
	} { // one after another: each begins with what the one before has left
		s.asked = 0
		got := run(t.Context(), with(tt.converter), "pull", "--workflow-type", "Waiting", "--redact", "--address", address,
			"--profile", "plain", dir)
		require.Equal(t, cli.ExitOK, got.code, "%s: %s", tt.name, got.stderr)
		require.Contains(t, got.stdout, tt.want, "%s: %s", tt.name, tt.why)
		require.Equal(t, tt.asked, s.asked, "%s: %s", tt.name, tt.why)
		value, after, err := read(t)
		require.Equal(t, tt.changes, string(before) != string(after), "%s: %s", tt.name, tt.why)
		require.Equal(t, tt.opened, err == nil, "%s: %v", tt.name, err)
		if tt.opened {
			require.Len(t, value, len(secret), "made-up data of the same shape")
			require.NotEqual(t, secret, value)
			require.False(t, strings.ContainsFunc(value, func(r rune) bool { return r < 'a' || r > 'z' }), value)
		}
		before = after
	}
}

// TestOriginalIsReplaced replaces what an earlier pull has left, whatever can be read.
func TestOriginalIsReplaced(t *testing.T) {
	t.Parallel()
	payload, err := converter.GetDefaultDataConverter().ToPayload("alice")
	require.NoError(t, err)
	s := &service{history: func(context.Context) (*historypb.History, error) { return signalled(proto.CloneOf(payload)), nil }}
	address, dir := s.serve(t, nil), filepath.Join(t.TempDir(), "waiting")
	command := cli.Command{Families: []*versioning.Family{waiting},
		Replayer: worker.WorkflowReplayerOptions{DataConverter: encrypted.Converter}}
	args := []string{"pull", "--workflow-type", "Waiting", "--address", address, "--profile", "plain", dir}
	require.Contains(t, run(t.Context(), command, args...).stdout, "pulled 1,")
	require.Contains(t, run(t.Context(), command, append(args, "--redact")...).stdout, "refreshed 1,")
	require.Contains(t, run(t.Context(), command, append(args, "--redact")...).stdout, "already there 1,")
}
