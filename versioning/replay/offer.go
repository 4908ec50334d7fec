package replay

import (
	"cmp"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// An Offer is a name in the code of a stage. It names a signal, an update or a query that the code
// handles, or an activity that the code calls. Offers are what one replay has seen. The code can
// have more offers, after the point that the replay has reached.
type Offer struct {
	Kind OfferKind
	Name string
	// Used is true if the replay has used the offer: the code took the signal, executed the update,
	// or called the activity. No history tells which queries were asked. A query counts as used if
	// the replayed workflow has answered the query.
	Used bool
}

// OfferKind is what an Offer is, in words.
type OfferKind string

// The kinds of offers.
const (
	OfferedSignal OfferKind = "signal"
	OfferedUpdate OfferKind = "update"
	OfferedQuery  OfferKind = "query"
	// OfferedQueryWithArguments is a query that takes arguments. No replay asks the query, because
	// nobody knows which arguments to pass.
	OfferedQueryWithArguments OfferKind = "query with arguments"
	// OfferedActivity is an activity that the code has called. A stage can register more
	// activities: see Stage.RegisterActivities of package versioning.
	OfferedActivity OfferKind = "activity"
)

// Compare orders offers by kind, in the order of the list of constants, and then by name.
func (o Offer) Compare(other Offer) int {
	return cmp.Or(cmp.Compare(o.Kind.place(), other.Kind.place()), cmp.Compare(o.Name, other.Name))
}

func (k OfferKind) place() int {
	return slices.Index([]OfferKind{OfferedSignal, OfferedUpdate, OfferedQuery, OfferedQueryWithArguments,
		OfferedActivity}, k)
}

// offersOf returns what the replay has seen, nil if it has seen nothing, sorted.
func offersOf(seen *observer.Observer, in *trace.Intake, answers []Answer) (offers []Offer) {
	for _, name := range in.Asked() {
		taken := slices.ContainsFunc(in.Signals, func(s trace.Received) bool {
			return s.Taken != 0 && s.Event.GetWorkflowExecutionSignaledEventAttributes().GetSignalName() == name
		})
		offers = append(offers, Offer{OfferedSignal, name, taken})
	}
	for _, name := range in.Handlers {
		offers = append(offers, Offer{OfferedUpdate, name, slices.Contains(in.Executed, name)})
	}
	without, with := seen.Handled()
	for _, query := range without {
		answered := slices.ContainsFunc(answers, func(a Answer) bool { return a.Query == query && a.Err == "" })
		offers = append(offers, Offer{OfferedQuery, query, answered})
	}
	for _, query := range with {
		offers = append(offers, Offer{OfferedQueryWithArguments, query, false})
	}
	for _, name := range seen.Activities() {
		offers = append(offers, Offer{OfferedActivity, name, true})
	}
	slices.SortFunc(offers, Offer.Compare)
	return offers
}
