package unnoticed

import (
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// GetVersion moves, drops and renames calls of GetVersion.
var GetVersion = catalogue("get-version", "GetVersion",
	"A workflow asks for two versions, and a call of GetVersion is moved, dropped or renamed.",
	[]versioning.Scenario{
		{
			Name: "charged", Doc: "The first version is recorded; left open, waiting to be paid.",
			Plan: versioning.Observed{
				Stages: []string{"base", "first-dropped"},
				Drive:  until("charged"),
				Finish: payApproveAndDeliver,
			},
		},
		{
			Name: "paid", Doc: "Both versions are recorded; left open, waiting to be approved.",
			Plan: versioning.Observed{
				Drive:  versioning.InOrder(until("charged"), payText, until("paid")),
				Finish: approveAndDeliver,
			},
		},
		{
			Name: "shipped", Doc: "Both versions have decided what is shipped; left open, waiting to be delivered.",
			Plan: versioning.Observed{
				Stages: []string{"base", "first-dropped"},
				Drive:  versioning.InOrder(until("charged"), payText, until("paid"), approve, until("shipped")),
				Finish: deliver,
			},
		},
		{
			Name: "ended", Doc: "Paid, approved, shipped and delivered.",
			Plan: versioning.EachStage{Drive: versioning.InOrder(later, payApproveAndDeliver)},
		},
	},
	stage{name: "base", doc: "Asks for courier at once and before it ships, and for gift-wrap once it is paid.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		workflow.GetVersion(ctx, "courier", workflow.DefaultVersion, 1)
		*state = "charged"
		waitFor(ctx, "paid")
		wrap := workflow.GetVersion(ctx, "gift-wrap", workflow.DefaultVersion, 1)
		*state = "paid"
		waitFor(ctx, "approved")
		courier := workflow.GetVersion(ctx, "courier", workflow.DefaultVersion, 1)
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Ship, parcel(courier, wrap)))
		waitFor(ctx, "delivered")
		return *state, nil
	}},
	stage{name: "moved-earlier", doc: "Asks for gift-wrap at once.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		workflow.GetVersion(ctx, "courier", workflow.DefaultVersion, 1)
		wrap := workflow.GetVersion(ctx, "gift-wrap", workflow.DefaultVersion, 1)
		*state = "charged"
		waitFor(ctx, "paid")
		*state = "paid"
		waitFor(ctx, "approved")
		courier := workflow.GetVersion(ctx, "courier", workflow.DefaultVersion, 1)
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Ship, parcel(courier, wrap)))
		waitFor(ctx, "delivered")
		return *state, nil
	}},
	stage{name: "moved-later", doc: "Asks for gift-wrap before it ships.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		workflow.GetVersion(ctx, "courier", workflow.DefaultVersion, 1)
		*state = "charged"
		waitFor(ctx, "paid")
		*state = "paid"
		waitFor(ctx, "approved")
		wrap := workflow.GetVersion(ctx, "gift-wrap", workflow.DefaultVersion, 1)
		courier := workflow.GetVersion(ctx, "courier", workflow.DefaultVersion, 1)
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Ship, parcel(courier, wrap)))
		waitFor(ctx, "delivered")
		return *state, nil
	}},
	stage{name: "first-dropped", doc: "Asks for courier before it ships only.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = "charged"
		waitFor(ctx, "paid")
		wrap := workflow.GetVersion(ctx, "gift-wrap", workflow.DefaultVersion, 1)
		*state = "paid"
		waitFor(ctx, "approved")
		courier := workflow.GetVersion(ctx, "courier", workflow.DefaultVersion, 1)
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Ship, parcel(courier, wrap)))
		waitFor(ctx, "delivered")
		return *state, nil
	}},
	stage{name: "last-dropped", doc: "Asks for courier at once only, and remembers it.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		courier := workflow.GetVersion(ctx, "courier", workflow.DefaultVersion, 1)
		*state = "charged"
		waitFor(ctx, "paid")
		wrap := workflow.GetVersion(ctx, "gift-wrap", workflow.DefaultVersion, 1)
		*state = "paid"
		waitFor(ctx, "approved")
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Ship, parcel(courier, wrap)))
		waitFor(ctx, "delivered")
		return *state, nil
	}},
	stage{name: "renamed", doc: "Calls gift-wrap wrapping.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		workflow.GetVersion(ctx, "courier", workflow.DefaultVersion, 1)
		*state = "charged"
		waitFor(ctx, "paid")
		wrap := workflow.GetVersion(ctx, "wrapping", workflow.DefaultVersion, 1)
		*state = "paid"
		waitFor(ctx, "approved")
		courier := workflow.GetVersion(ctx, "courier", workflow.DefaultVersion, 1)
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Ship, parcel(courier, wrap)))
		waitFor(ctx, "delivered")
		return *state, nil
	}},
	stage{name: "retired-and-added", doc: "Always wraps, without asking, and asks for a card in that place.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		workflow.GetVersion(ctx, "courier", workflow.DefaultVersion, 1)
		*state = "charged"
		waitFor(ctx, "paid")
		card := workflow.GetVersion(ctx, "card", workflow.DefaultVersion, 1)
		*state = "paid"
		waitFor(ctx, "approved")
		courier := workflow.GetVersion(ctx, "courier", workflow.DefaultVersion, 1)
		shipped := parcel(courier, 1)
		if card == 1 {
			shipped += ", with a card"
		}
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Ship, shipped))
		waitFor(ctx, "delivered")
		return *state, nil
	}},
)

// parcel says what is shipped at these versions.
func parcel(courier, wrap workflow.Version) string {
	parcel := "by mail"
	if courier == 1 {
		parcel = "by courier"
	}
	if wrap == 1 {
		parcel += ", wrapped"
	}
	return parcel
}
