// Package interleavings is an order workflow with everything in it that a change
// can meet halfway: activities, a timer, a signal, an update, child workflows in a
// loop, continue-as-new. Five changes are made to it, with GetVersion, and each of
// them first as it is done wrong.
//
//	Base
//	LoopMistake      Loop     parcels are insured: a call is added in a loop
//	PairMistake      Pair     the quote includes the tax: a change in two places
//	MovedMistake     Moved    the stock is reserved after the payment: a call is moved
//	HoistedMistake   Moved    the same, and an older GetVersion call is moved with it
//	ReusedMistake    Reused   payments are checked: a second change beside an older one
//	RenamedMistake   Renamed  a change ID gets a better name
//
// The releases are Base, Loop, Pair, Moved, Reused and Renamed. A mistake is what
// could have been released in place of the right stage that follows it: it goes on
// from the right stage before, and nothing goes on from it. So the place to look is
// a row of an earlier right stage under the column of a mistake, beside the column
// of the right way.
//
// # What to know about GetVersion
//
// The first call for a change ID decides for the rest of the run: it gives the
// version that the history holds up to this point, or DefaultVersion if it is
// replayed and there is none, or else the maximum, which is recorded
// (workflowEnvironmentImpl.GetVersion in internal/internal_event_handlers.go of
// the SDK). Hence these traps:
//
//   - Replays without an error can still be wrong. LoopMistake and PairMistake break
//     no order of an earlier stage; what they do to it is seen in the answers to the
//     query "status".
//   - Where a call stands matters as much as its change ID: GetVersion that is moved
//     to before a command does not find its version in time.
//   - A mistake can be kept, or it breaks what it has started: no right stage replays
//     an order that LoopMistake has insured, that PairMistake has quoted or that
//     MovedMistake has begun.
//   - A run that is continued as new begins without versions, so it leaves all this
//     behind. Its search attribute TemporalChangeVersion still lists those of the
//     run before, until its first new version is recorded.
//
// Each stage is one file with the whole flow of the order, to be compared with the
// file of the stage beside it. The steps themselves are the same in all of them and
// are in order.go.
package interleavings

import (
	"slices"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// WorkflowType is the workflow type name that every stage registers under.
const WorkflowType = "OrderWorkflow"

// Family holds the stages: each mistake is followed by its right way, which is
// what the stages after it go on from.
var Family = &versioning.Family{
	Name:          "interleavings",
	Doc:           "An order in six releases, and before five of them the mistakes that could have been made instead.",
	WorkflowTypes: []string{WorkflowType},
	Stages: []versioning.Stage{
		stage("base", Base, "The order before all changes, without GetVersion."),
		stage("loop-mistake", LoopMistake, "Mistake: one change ID for all turns of a loop; running orders never insure a parcel."),
		stage("loop", Loop, "Right: a change ID for each turn; running orders insure the next parcel."),
		stage("pair-mistake", PairMistake, "Mistake: the two halves of one change have two change IDs; an order can take one without the other."),
		stage("pair", Pair, "Right: one change ID, obeyed in both places: an order takes both halves or none."),
		stage("moved-mistake", MovedMistake, "Mistake: the call of ReserveStock is moved, without GetVersion."),
		stage("hoisted-mistake", HoistedMistake, "Mistake: with it, an older GetVersion call is moved up, to before a command."),
		stage("moved", Moved, "Right: a change ID decides at both places; the older GetVersion call stays where it was."),
		stage("reused-mistake", ReusedMistake, "Mistake: another change, elsewhere, reuses a change ID."),
		stage("reused", Reused, "Right: another change has another change ID."),
		stage("renamed-mistake", RenamedMistake, "Mistake: a change ID is renamed."),
		stage("renamed", Renamed, "Right: the new name is asked first, then the old one."),
	},
	Reference: true,
	Scenarios: slices.Concat(atEveryStage, atSome),
}

func stage(name string, order func(workflow.Context, Order) (Status, error), doc string) versioning.Stage {
	return versioning.Stage{
		Name: name,
		Doc:  doc,
		Register: func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(order, workflow.RegisterOptions{Name: WorkflowType})
			r.RegisterWorkflow(Parcel)
		},
		RegisterActivities: registerActivities,
	}
}

func registerActivities(r worker.ActivityRegistry) {
	for _, activity := range []any{ReserveStock, Quote, QuoteWithTax, InvoiceAddingTax, Invoice, CheckFraud, InsureParcel} {
		r.RegisterActivity(activity)
	}
}
