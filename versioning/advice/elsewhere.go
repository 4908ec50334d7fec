package advice

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
)

// inOptions says where what the Workers have is given to a replay.
const inOptions = " That is set in Config.Worker in Go, and in Command.Replayer for a command."

// yourConverter is what to do about values that a codec has encoded.
const yourConverter = "give this replay the data converter of your Workers, with its payload codec"

// elsewhere says what explains it where no change of the workflow function does, and what to do.
func elsewhere(d cause.Decision) string {
	switch d.Kind {
	case cause.MarkerUnreadable:
		return "history took a version that the data converter in Options does not read; " + yourConverter
	case cause.ValueEncoded:
		return fmt.Sprintf("the value has the encoding %q, which the data converter of this replay does not read; %s",
			d.Name, yourConverter)
	case cause.ReferenceParts:
		return "the code that ran the execution parts from it too, with these options; give this replay the " +
			"interceptors, the context propagators and the data converter of your Workers" + unreadHeader(d.Name)
	case cause.HeaderUnread:
		return fmt.Sprintf("history carries the header %q, which nothing in this replay reads; give it the interceptor "+
			"or the context propagator of your Workers that does, and judge again", d.Name)
	case cause.DrawnAnew:
		return "a UUID or a time is another one each time the program starts; take random numbers and UUIDs from " +
			"workflow.SideEffect, and the time from workflow.Now"
	}
	return ""
}

// doElsewhere is elsewhere in sentences.
func doElsewhere(d cause.Decision) string {
	text := sentence(elsewhere(d))
	if d.Kind != cause.DrawnAnew {
		text += inOptions
	}
	return text
}

// ownCode says why code does not replay what it has recorded.
func ownCode(d cause.Decision) string {
	return "its code is not deterministic, or changed without a new stage, or this replay has not got an interceptor " +
		"or a data converter of your Workers" + unreadHeader(d.Name)
}

func unreadHeader(header string) string {
	if header == "" {
		return ""
	}
	return fmt.Sprintf("; history carries the header %q", header)
}
