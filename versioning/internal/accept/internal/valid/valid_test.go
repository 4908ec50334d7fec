package valid_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/durationpb"

	deploymentpb "go.temporal.io/api/deployment/v1"
	enumspb "go.temporal.io/api/enums/v1"
	workflowpb "go.temporal.io/api/workflow/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/accept/internal/valid"
)

// Most rules are held against a service by TestAccept of versioning/devserver. Here are forms of which
// it has one alone.

func TestUUID(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"f47ac10b-58cc-4372-8567-0e02b2c3d479":          true,
		"F47AC10B-58CC-4372-8567-0E02B2C3D479":          true,
		"urn:UUID:f47ac10b-58cc-4372-8567-0e02b2c3d479": true,
		"{f47ac10b-58cc-4372-8567-0e02b2c3d479}":        true,
		"f47ac10b58cc437285670e02b2c3d479":              true,
		"":                                              false,
		"f47ac10b":                                      false,
		"f47ac10b-58cc-4372-8567-0e02b2c3d47g":          false,
		"f47ac10b058cc-4372-8567-0e02b2c3d479":          false,
		"[f47ac10b-58cc-4372-8567-0e02b2c3d479]":        false,
		"urn-uuid:f47ac10b-58cc-4372-8567-0e02b2c3d479": false,
	} {
		require.Equal(t, want, valid.UUID(text), text)
	}
}

func TestDuration(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		d         *durationpb.Duration
		want, why string
		after     time.Duration
	}{
		{nil, "", "it is zero", 0},
		{durationpb.New(time.Second), "", "plain", time.Second},
		{durationpb.New(-1), "negative duration", "a nanosecond", -1},
		{&durationpb.Duration{Seconds: 1, Nanos: -1}, "duration has seconds and nanos with different signs",
			"no protobuf has it", time.Second - 1},
		{&durationpb.Duration{Seconds: 1 << 40}, "", "it is cut to a century", 100 * 365 * 24 * time.Hour},
	} {
		require.Equal(t, tt.want, valid.Duration(tt.d), tt.why)
		require.Equal(t, tt.after, tt.d.AsDuration(), tt.why)
	}
}

func TestOverride(t *testing.T) {
	t.Parallel()
	upgraded := &workflowpb.VersioningOverride{Override: &workflowpb.VersioningOverride_AutoUpgrade{AutoUpgrade: true}}
	for _, tt := range []struct {
		o    *workflowpb.VersioningOverride
		text string
		want *workflowpb.VersioningOverride
		why  string
	}{
		{nil, "", nil, "most children"},
		{upgraded, "", upgraded, "as it is"},
		{&workflowpb.VersioningOverride{Behavior: enumspb.VERSIONING_BEHAVIOR_AUTO_UPGRADE}, "", upgraded, "an older SDK"},
		{&workflowpb.VersioningOverride{}, "override behavior is required", nil, "it says nothing"},
		{&workflowpb.VersioningOverride{Behavior: enumspb.VERSIONING_BEHAVIOR_PINNED},
			"must provide deployment (deprecated) or pinned version if behavior is 'PINNED'", pinned(nil), "pinned to nothing"},
		{&workflowpb.VersioningOverride{Behavior: enumspb.VERSIONING_BEHAVIOR_AUTO_UPGRADE, PinnedVersion: "d.b"},
			"only provide pinned version if behavior is 'PINNED'", upgraded, "both"},
		{&workflowpb.VersioningOverride{Behavior: enumspb.VERSIONING_BEHAVIOR_PINNED,
			Deployment: &deploymentpb.Deployment{SeriesName: "d", BuildId: "b"}},
			"", pinned(&deploymentpb.WorkerDeploymentVersion{DeploymentName: "d", BuildId: "b"}), "the oldest form"},
		{&workflowpb.VersioningOverride{Override: &workflowpb.VersioningOverride_AutoUpgrade{}},
			"auto-upgrade override must be true", &workflowpb.VersioningOverride{
				Override: &workflowpb.VersioningOverride_AutoUpgrade{}}, "it says no"},
	} {
		require.Equal(t, tt.text, valid.Override(tt.o), tt.why)
		require.Empty(t, cmp.Diff(tt.want, valid.Converted(tt.o), protocmp.Transform()), tt.why)
	}
}

func pinned(to *deploymentpb.WorkerDeploymentVersion) *workflowpb.VersioningOverride {
	return &workflowpb.VersioningOverride{Override: &workflowpb.VersioningOverride_Pinned{
		Pinned: &workflowpb.VersioningOverride_PinnedOverride{
			Behavior: workflowpb.VersioningOverride_PINNED_OVERRIDE_BEHAVIOR_PINNED, Version: to,
		}}}
}
