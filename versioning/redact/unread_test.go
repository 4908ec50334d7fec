package redact_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/testdata/encrypted"
	"github.com/replaymatrix/replaymatrix/versioning/redact"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// panics is a converter that was set up wrong.
type panics struct{ converter.DataConverter }

func (panics) WithWorkflowContext(workflow.Context) converter.DataConverter { panic("no key") }
func (panics) FromPayload(*commonpb.Payload, any) error                     { panic("no key") }

// TestUnread counts what nothing decodes, in an original and in its redacted copy.
func TestUnread(t *testing.T) {
	t.Parallel()
	with := func(dc converter.DataConverter) replay.Config {
		return replay.Config{Worker: worker.WorkflowReplayerOptions{DataConverter: dc}}
	}
	closed, err := encrypted.Converter.ToPayload("alice")
	require.NoError(t, err)
	original := one(t, "in", "in", closed, nil)
	ignores := stage("ignores", func(ctx workflow.Context, in string) error {
		_, err := check[converter.RawValue](ctx, in)
		return err
	})
	blind, report, _ := redacted(t, original, redact.Options{}, ignores)
	require.Equal(t, 1, report.Opaque)
	require.Equal(t, 1, redact.Unread(original, with(nil)), "as the report says")
	require.Equal(t, 0, redact.Unread(original, with(encrypted.Converter)))
	require.Equal(t, 1, redact.Unread(blind, with(nil)))
	require.Equal(t, 1, redact.Unread(blind, with(encrypted.Converter)), "random bytes")
	seeing, _, _ := redacted(t, original, redact.Options{Config: with(encrypted.Converter)}, ignores)
	require.Equal(t, 0, redact.Unread(seeing, with(encrypted.Converter)), "made-up data")
	require.Equal(t, 1, redact.Unread(original, with(panics{converter.GetDefaultDataConverter()})), "it reads nothing")
}
