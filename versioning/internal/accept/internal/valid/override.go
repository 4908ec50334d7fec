package valid

import (
	"strings"

	deploymentpb "go.temporal.io/api/deployment/v1"
	enumspb "go.temporal.io/api/enums/v1"
	workflowpb "go.temporal.io/api/workflow/v1"
)

// Override says what is wrong with the version that a child is to be kept on:
// common/worker_versioning/worker_versioning.go, ValidateVersioningOverrideStructure. What older SDKs
// say of a version in a text is not looked at.
func Override(o *workflowpb.VersioningOverride) string {
	if o == nil {
		return ""
	}
	switch v := o.GetOverride().(type) {
	case *workflowpb.VersioningOverride_AutoUpgrade:
		if !v.AutoUpgrade {
			return "auto-upgrade override must be true"
		}
		return ""
	case *workflowpb.VersioningOverride_Pinned:
		switch {
		case v.Pinned.GetVersion() == nil:
			return "must provide version if override is pinned."
		case v.Pinned.GetBehavior() == workflowpb.VersioningOverride_PINNED_OVERRIDE_BEHAVIOR_UNSPECIFIED:
			return "must specify pinned override behavior if override is pinned."
		}
		return ""
	case *workflowpb.VersioningOverride_OneTime:
		if v.OneTime.GetTargetDeploymentVersion() == nil {
			return "must provide target deployment version if override is one-time."
		}
		return ""
	}
	//nolint:staticcheck // older SDKs
	switch behavior, deployment, pinned := o.GetBehavior(), o.GetDeployment(), o.GetPinnedVersion(); behavior {
	case enumspb.VERSIONING_BEHAVIOR_PINNED:
		if deployment == nil && pinned == "" {
			return "must provide deployment (deprecated) or pinned version if behavior is 'PINNED'"
		}
	case enumspb.VERSIONING_BEHAVIOR_AUTO_UPGRADE:
		switch {
		case deployment != nil:
			return "only provide deployment if behavior is 'PINNED'"
		case pinned != "":
			return "only provide pinned version if behavior is 'PINNED'"
		}
	case enumspb.VERSIONING_BEHAVIOR_UNSPECIFIED:
		return "override behavior is required"
	}
	return ""
}

// Converted says in today's fields what older SDKs say in theirs: ConvertOverrideToV32.
func Converted(o *workflowpb.VersioningOverride) *workflowpb.VersioningOverride {
	if o == nil {
		return nil
	}
	if o.GetOverride() != nil {
		return &workflowpb.VersioningOverride{Override: o.GetOverride()}
	}
	//nolint:staticcheck // older SDKs
	switch o.GetBehavior() {
	case enumspb.VERSIONING_BEHAVIOR_AUTO_UPGRADE:
		return &workflowpb.VersioningOverride{Override: &workflowpb.VersioningOverride_AutoUpgrade{AutoUpgrade: true}}
	case enumspb.VERSIONING_BEHAVIOR_PINNED:
		return &workflowpb.VersioningOverride{Override: &workflowpb.VersioningOverride_Pinned{
			Pinned: &workflowpb.VersioningOverride_PinnedOverride{
				Behavior: workflowpb.VersioningOverride_PINNED_OVERRIDE_BEHAVIOR_PINNED,
				Version:  pinnedVersion(o),
			}}}
	}
	return nil
}

func pinnedVersion(o *workflowpb.VersioningOverride) *deploymentpb.WorkerDeploymentVersion {
	//nolint:staticcheck // older SDKs
	if name, build, ok := strings.Cut(o.GetPinnedVersion(), "."); ok {
		return &deploymentpb.WorkerDeploymentVersion{DeploymentName: name, BuildId: build}
	}
	d := o.GetDeployment() //nolint:staticcheck // older SDKs
	if d == nil {
		return nil
	}
	return &deploymentpb.WorkerDeploymentVersion{DeploymentName: d.GetSeriesName(), BuildId: d.GetBuildId()}
}
