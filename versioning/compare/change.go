package compare

// A Change is what happened to a call at the place where history and code part.
type Change string

// The changes.
const (
	CallAdded    Change = "call-added"
	CallRemoved  Change = "call-removed"
	CallRenamed  Change = "call-renamed"
	CallReplaced Change = "call-replaced"
	// CallRetyped is a call of another kind that does the same, such as a local activity in the place
	// of an activity. CallReplaced is a call of another kind that has nothing to do with the first.
	CallRetyped Change = "call-retyped"
	// CallsSwapped are two calls of one kind in the places of each other. CallMovedInTask is one call
	// that comes before or after others of its Workflow Task, and CallMoved is one that comes in
	// another Workflow Task. CallsReordered are calls of a Workflow Task in any other order.
	CallsSwapped    Change = "calls-swapped"
	CallMovedInTask Change = "call-moved-in-task"
	CallMoved       Change = "call-moved"
	CallsReordered  Change = "calls-reordered"
	// CallsMadeSequential is a call that waits for one that it was made beside, and
	// CallsMadeParallel is a call beside one that it waited for.
	CallsMadeSequential Change = "calls-made-sequential"
	CallsMadeParallel   Change = "calls-made-parallel"
	// CancellationAdded and CancellationRemoved are about a context that the code cancels.
	CancellationAdded   Change = "cancellation-added"
	CancellationRemoved Change = "cancellation-removed"
	// UpdateAnsweredAtOnce is a handler that returns in the Workflow Task that accepts the update, and
	// UpdateAnsweredLater is one that makes more calls before it returns.
	UpdateAnsweredAtOnce Change = "update-answered-at-once"
	UpdateAnsweredLater  Change = "update-answered-later"
	ValuesChanged        Change = "values-changed"
	OptionsChanged       Change = "options-changed"
	EndsEarlier          Change = "ends-earlier"
	EndsOtherwise        Change = "ends-otherwise"
)

// ChangeOf returns ValuesChanged if only values differ. It returns OptionsChanged if something
// differs that decides how a call is made.
func ChangeOf(differences []Difference) Change {
	for _, d := range differences {
		if d.Level != Values {
			return OptionsChanged
		}
	}
	return ValuesChanged
}
