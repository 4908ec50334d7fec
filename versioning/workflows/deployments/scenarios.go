package deployments

import "github.com/replaymatrix/replaymatrix/versioning"

// scenarios are, for both workflow types, an open and a completed execution of
// each build, and then the procedures. A procedure is named after the type that
// it is applied to.
var scenarios = []versioning.Scenario{
	open("pinned-open", PinnedOrder),
	completed("pinned-completed", PinnedOrder),
	{
		Name: "pinned-drains", WorkflowType: PinnedOrder,
		Doc: "2.0 is set current: 1.0 drains, and completes what is pinned to it.",
		Plan: versioning.InTurn{Turns: []versioning.Turn{
			{Stage: "v1-0"},
			{Stage: "v1-0", Drive: versioning.InOrder(setCurrent("2.0"), drains("1.0"), signal("add"))},
			{Stage: "v1-0", Drive: signal("ship")},
		}},
	},
	{
		Name: "pinned-ramp", WorkflowType: PinnedOrder,
		Doc: "2.0 is ramped to 100 percent: what is pinned to 1.0 stays there.",
		Plan: versioning.InTurn{Ends: versioning.Open, Turns: []versioning.Turn{
			{Stage: "v1-0"},
			{Stage: "v1-0", Drive: versioning.InOrder(ramp("2.0", 100), signal("add"))},
		}},
	},
	{
		Name: "pinned-rollback", WorkflowType: PinnedOrder,
		Doc: "Begins while 1.1 is current, and stays there when 1.0 is set current again.",
		Plan: versioning.InTurn{Ends: versioning.Open, Turns: []versioning.Turn{
			{Stage: "v1-1"},
			{Stage: "v1-1", Drive: versioning.InOrder(setCurrent("1.0"), signal("add"))},
		}},
	},
	{
		Name: "pinned-moved", WorkflowType: PinnedOrder,
		Doc: "A pinned override moves it to 1.1, and is left there.",
		Plan: versioning.InTurn{Ends: versioning.Open, Turns: []versioning.Turn{
			{Stage: "v1-0"},
			{Stage: "v1-1", Drive: versioning.InOrder(pin("1.1"), signal("add"))},
		}},
	},
	{
		Name: "pinned-moved-override-removed", WorkflowType: PinnedOrder,
		Doc: "A pinned override moves it to 1.1; when it is removed, the execution is pinned to 1.1 by itself.",
		Plan: versioning.InTurn{Ends: versioning.Open, Turns: []versioning.Turn{
			{Stage: "v1-0"},
			{Stage: "v1-1", Drive: versioning.InOrder(pin("1.1"), signal("add"))},
			{Stage: "v1-1", Drive: versioning.InOrder(unpin, signal("add"))},
		}},
	},
	{
		Name: "pinned-moved-once", WorkflowType: PinnedOrder,
		Doc: "A one-time override moves it to 1.1, and is gone after one Workflow Task there.",
		Plan: versioning.InTurn{Ends: versioning.Open, Turns: []versioning.Turn{
			{Stage: "v1-0"},
			{Stage: "v1-1", Drive: versioning.InOrder(moveOnce("1.1"), signal("add"))},
			{Stage: "v1-1", Drive: signal("add")},
		}},
	},
	{
		Name: "pinned-renew", WorkflowType: PinnedOrder,
		Doc: "Continues as new with ContinueAsNewVersioningBehaviorAutoUpgrade.",
		Plan: versioning.InTurn{Ends: versioning.ContinuedAsNew, Turns: []versioning.Turn{
			{Stage: "v1-0"},
			{Stage: "v1-0", Drive: versioning.InOrder(setCurrent("2.0"), signal("renew"))},
		}},
	},
	{
		Name: "pinned-renewed", WorkflowType: PinnedOrder,
		Doc: "The run that such an execution of 1.0 continues as: it begins on 2.0, which is current, and is pinned there.",
		Plan: versioning.InTurn{Ends: versioning.Open, Turns: []versioning.Turn{
			{Stage: "v1-0"},
			{Stage: "v2-0", NewRun: true, Drive: versioning.InOrder(setCurrent("2.0"), signal("renew"))},
		}},
	},
	{
		Name: "pinned-repeated", WorkflowType: PinnedOrder,
		Doc: "The run that an execution of 1.0 continues as without saying how: it inherits 1.0, though 2.0 is current.",
		Plan: versioning.InTurn{Ends: versioning.Open, Turns: []versioning.Turn{
			{Stage: "v1-0"},
			{Stage: "v1-0", NewRun: true, Drive: versioning.InOrder(setCurrent("2.0"), signal("repeat"))},
		}},
	},

	open("auto-upgrade-open", AutoUpgradeOrder),
	completed("auto-upgrade-completed", AutoUpgradeOrder),
	{
		Name: "auto-upgrade-follows", WorkflowType: AutoUpgradeOrder,
		Doc: "1.1 is set current, and completes what 1.0 began.",
		Plan: versioning.InTurn{Turns: []versioning.Turn{
			{Stage: "v1-0"},
			{Stage: "v1-1", Drive: versioning.InOrder(setCurrent("1.1"), signal("add"))},
			{Stage: "v1-1", Drive: signal("ship")},
		}},
	},
	{
		Name: "auto-upgrade-ramp", WorkflowType: AutoUpgradeOrder,
		Doc: "1.1 is ramped to 100 percent, and takes what 1.0 began.",
		Plan: versioning.InTurn{Ends: versioning.Open, Turns: []versioning.Turn{
			{Stage: "v1-0"},
			{Stage: "v1-1", Drive: versioning.InOrder(ramp("1.1", 100), signal("add"))},
		}},
	},
	{
		Name: "auto-upgrade-ramp-ended", WorkflowType: AutoUpgradeOrder,
		Doc: "1.1 is ramped to 100 percent and the ramp is ended: the execution comes back to 1.0.",
		Plan: versioning.InTurn{Ends: versioning.Open, Turns: []versioning.Turn{
			{Stage: "v1-0"},
			{Stage: "v1-1", Drive: versioning.InOrder(ramp("1.1", 100), signal("add"))},
			{Stage: "v1-0", Drive: versioning.InOrder(ramp("", 0), signal("add"))},
		}},
	},
	{
		Name: "auto-upgrade-rollback", WorkflowType: AutoUpgradeOrder,
		Doc: "1.1 is set current and 1.0 again: the execution goes there and back.",
		Plan: versioning.InTurn{Ends: versioning.Open, Turns: []versioning.Turn{
			{Stage: "v1-0"},
			{Stage: "v1-1", Drive: versioning.InOrder(setCurrent("1.1"), signal("add"))},
			{Stage: "v1-0", Drive: versioning.InOrder(setCurrent("1.0"), signal("add"))},
		}},
	},
	{
		Name: "auto-upgrade-held", WorkflowType: AutoUpgradeOrder,
		Doc: "A pinned override keeps it on 1.0 before 2.0 is set current.",
		Plan: versioning.InTurn{Ends: versioning.Open, Turns: []versioning.Turn{
			{Stage: "v1-0"},
			{Stage: "v1-0", Drive: versioning.InOrder(pin("1.0"), setCurrent("2.0"), signal("add"))},
		}},
	},
	{
		Name: "auto-upgrade-released", WorkflowType: AutoUpgradeOrder,
		Doc: "Held on 1.0 while 2.0 is current; when 1.1 is, the override is removed.",
		Plan: versioning.InTurn{Ends: versioning.Open, Turns: []versioning.Turn{
			{Stage: "v1-0"},
			{Stage: "v1-0", Drive: versioning.InOrder(pin("1.0"), setCurrent("2.0"), signal("add"))},
			{Stage: "v1-1", Drive: versioning.InOrder(setCurrent("1.1"), unpin, signal("add"))},
		}},
	},
	{
		Name: "auto-upgrade-repeated", WorkflowType: AutoUpgradeOrder,
		Doc: "The run that an execution of 1.0 continues as when 1.1 is current, which also runs the task that does it.",
		Plan: versioning.InTurn{Ends: versioning.Open, Turns: []versioning.Turn{
			{Stage: "v1-0"},
			{Stage: "v1-1", NewRun: true, Drive: versioning.InOrder(setCurrent("1.1"), signal("repeat"))},
		}},
	},
}

// open is left taking items, where the next signal can close it.
func open(name, workflowType string) versioning.Scenario {
	return versioning.Scenario{
		Name:         name,
		Doc:          "Left open, where it takes items.",
		WorkflowType: workflowType,
		Plan:         versioning.Observed{Finish: signal("ship")},
	}
}

func completed(name, workflowType string) versioning.Scenario {
	return versioning.Scenario{
		Name:         name,
		Doc:          "Shipped, and completed.",
		WorkflowType: workflowType,
		Plan:         versioning.EachStage{Drive: signal("ship")},
	}
}
