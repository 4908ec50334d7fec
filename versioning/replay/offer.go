package replay

import (
	"cmp"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// An Offer is a name that the code of a stage has: a signal, an update or a query by which
// others reach it, or an activity that it calls. Offers are what one replay has seen. The code
// can have more, after the point that the replay has reached.
type Offer struct {
	Kind OfferKind
	Name string
	// Used is whether the replay has used it: a signal was taken, an update executed, an
	// activity called. No history tells which queries were asked, so a query counts as
	// used where the replayed workflow has answered it.
	Used bool
}

// OfferKind is what an Offer is, in words.
type OfferKind string

// The kinds of offers.
const (
	OfferedSignal OfferKind = "signal"
	OfferedUpdate OfferKind = "update"
	OfferedQuery  OfferKind = "query"
	// OfferedQueryWithArguments is a query that no replay asks: nobody knows with what.
	OfferedQueryWithArguments OfferKind = "query with arguments"
	// OfferedActivity is one that the code has called. A stage can register more than
	// those: see Stage.RegisterActivities of package versioning.
	OfferedActivity OfferKind = "activity"
)

// Compare orders offers as the kinds are listed, and by name.
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
