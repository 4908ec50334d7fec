package oracle

import (
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A Row is what the command judge says of one case. It is written as JSON.
type Row struct {
	Number int
	// Reference is the verdict of the old source on its own recording, and why if it is not safe.
	Reference    replay.Verdict
	ReferenceWhy string `json:",omitempty"`

	Verdict replay.Verdict
	Place   replay.Place
	// Kind is the kind of the cause, Cause the cause as text, and Line the sentence about it.
	Kind, Cause, Line string        `json:",omitempty"`
	Patch             *advice.Patch `json:",omitempty"`
	// Settled is the verdict after a rehearsal, and why if it is not safe.
	Settled    replay.Verdict `json:",omitempty"`
	SettledWhy string         `json:",omitempty"`
	// Fault is what the compiler says of the source.
	Fault string `json:",omitempty"`
}

// A Request names the case to the command judge.
type Request struct {
	Number int
	// Recording is a file, Old and New are names of functions of package written.
	Recording, Old, New string
	// Rehearse asks for Settled.
	Rehearse bool
}
