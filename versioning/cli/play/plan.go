package play

import "github.com/replaymatrix/replaymatrix/versioning"

// driveOf returns what acts on an execution of the scenario once its first workflow
// task has completed, nil if nothing does or if stages execute it in turn.
func driveOf(sc versioning.Scenario) versioning.Drive {
	switch plan := sc.Plan.(type) {
	case versioning.EachStage:
		return plan.Drive
	case versioning.Unattended:
		return plan.Drive
	case versioning.Observed:
		return plan.Drive
	}
	return nil
}

// finishOf returns what closes an open execution of the scenario, nil if it does not
// say that.
func finishOf(sc versioning.Scenario) versioning.Drive {
	plan, _ := sc.Plan.(versioning.Observed)
	return plan.Finish
}
