package history

import (
	"strings"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

	historypb "go.temporal.io/api/history/v1"
)

// protoEventTag is field 1, length-delimited: History.events, and also the history of a
// GetWorkflowExecutionHistoryResponse and the items of a Temporal Cloud export.
const protoEventTag = 1<<3 | byte(protowire.BytesType)

// protoIDTag is field 1, a varint: HistoryEvent.event_id, by which an event is told from the
// messages around it.
const protoIDTag = 1<<3 | byte(protowire.VarintType)

// decodeProto reads events one after the other instead of unmarshalling the whole, so that the
// first bad one ends it. A file of History batches written one after the other is a History by the
// rules of protobuf.
func decodeProto(b *builder, data []byte) error {
	data, err := peel(b, data)
	if err != nil {
		return err
	}
	rest := data
	for len(rest) > 0 {
		at := len(data) - len(rest)
		num, typ, n := protowire.ConsumeTag(rest)
		if n < 0 {
			return stopsInProto(b, data, at, n)
		}
		rest = rest[n:]
		if num != 1 || typ != protowire.BytesType {
			if n = protowire.ConsumeFieldValue(num, typ, rest); n < 0 {
				return stopsInProto(b, data, at, n)
			}
			rest = rest[n:]
			continue
		}
		raw, n := protowire.ConsumeBytes(rest)
		if n < 0 {
			return stopsInProto(b, data, at, n)
		}
		rest = rest[n:]
		if len(raw) > maxEventSize {
			return b.fail(KindTooLarge, b.next(), nil, "the event has %d MB", len(raw)>>20)
		}
		ev := &historypb.HistoryEvent{}
		if err := (proto.UnmarshalOptions{RecursionLimit: maxDepth}).Unmarshal(raw, ev); err != nil {
			if strings.Contains(err.Error(), "recursion depth") { // an error of the library without a name
				return b.fail(KindTooDeep, b.next(), err, "the messages are nested more than %d deep", maxDepth)
			}
			if len(b.events) == 0 && !beginsLikeHistory(data) {
				return notProto(b, err)
			}
			return b.fail(KindMalformed, b.next(), err, "the protobuf is broken: %s", reason(err))
		}
		if len(b.events) == 0 && ev.GetEventId() == 0 {
			return notProto(b, nil)
		}
		if err := b.add(ev); err != nil {
			return err
		}
	}
	return nil
}

// stopsInProto is the error for bytes that end or break at an offset: a length that points past the
// end is what a cut file looks like, once something was read.
func stopsInProto(b *builder, data []byte, at, n int) error {
	err := protowire.ParseError(n)
	if len(b.events) == 0 && !beginsLikeHistory(data) {
		return notProto(b, err)
	}
	return b.fail(KindTruncated, b.next(), err, "the file stops inside the event, which begins at byte %d", at)
}

func notProto(b *builder, err error) error {
	return b.fail(KindNotHistory, 0, err, "the file is binary, but not protobuf of a workflow history")
}

// beginsLikeHistory reports an event with the ID 1 in a history, or in one that a response or an
// export holds.
func beginsLikeHistory(data []byte) bool { return depthOfFirstEvent(data) > 0 }

// depthOfFirstEvent looks past the tags and lengths of the messages around the first event, which
// has ID 1: it is in one message in a history, in two in a response, in three in an export, and 0
// is returned where there is none.
func depthOfFirstEvent(data []byte) int {
	for depth := 1; depth <= 3; depth++ {
		if len(data) == 0 || data[0] != protoEventTag {
			return 0
		}
		_, n := protowire.ConsumeVarint(data[1:])
		if n < 0 {
			return 0
		}
		data = data[1+n:]
		if len(data) >= 2 && data[0] == protoIDTag && data[1] == 1 {
			return depth
		}
	}
	return 0
}

// peel takes the messages around a History off: a response, or the export of one execution. Such a
// file begins with field 1 within field 1; an event begins with its ID.
func peel(b *builder, data []byte) ([]byte, error) {
	for range 2 {
		raw, n := protowire.ConsumeBytes(data[1:])
		if n < 0 || len(raw) == 0 || raw[0] == protoIDTag {
			return data, nil
		}
		inner, m := protowire.ConsumeBytes(raw[1:])
		if raw[0] != protoEventTag || m < 0 || len(inner) == 0 ||
			(inner[0] != protoIDTag && inner[0] != protoEventTag) {
			return data, nil
		}
		if rest := data[1+n:]; len(rest) > 0 {
			// One more item is one more execution; other fields of a response carry no events.
			if rest[0] == protoEventTag {
				return nil, b.fail(KindSeveral, 0, nil, "the file holds more than one execution")
			}
			if num, _, _ := protowire.ConsumeTag(rest); num == 3 {
				return nil, b.fail(KindTruncated, 0, nil, "the file is one page of a history, and more pages follow")
			}
		}
		data = raw
	}
	return data, nil
}
