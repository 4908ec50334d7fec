// Package unnoticed has families of changes that the Go SDK's runtime check lets
// pass, in a replay or for a live Worker, although the execution then ends early,
// fails for good or waits for ever: code that ends where the history goes on, that
// cannot read what the history holds, that does not take what came, or that asks for
// a version in another place.
//
// Each family is a catalogue: a base, and stages that change one thing about it,
// as somebody might in production. One file holds one kind and reads from top to
// bottom. What live Workers did with the open executions is recorded beside the
// histories, and docs/unnoticed.md shows it.
//
// # Traps
//
// A stage that ends early cannot be left open where the base waits, so such
// scenarios name the stages that they are recorded at. All stages are recorded in
// the scenario that ends.
package unnoticed

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// Families holds the catalogues, by kind.
var Families = slices.Concat(
	earlyEnds,
	otherTypes,
	unread,
	[]*versioning.Family{GetVersion},
)
