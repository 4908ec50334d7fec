package trace

import (
	"reflect"

	commonpb "go.temporal.io/api/common/v1"
)

// A decode is one value of the history that the SDK has asked the data converter for,
// on behalf of the code.
type decode struct {
	// from is the *commonpb.Payloads or the *commonpb.Payload that was decoded: the
	// pointer tells which event it is of.
	from any
	task int64
	// wanted are the types of the values asked for, and err is the error, both only
	// where it failed.
	wanted []reflect.Type
	err    error
	// item is the place of the value that failed.
	item  int
	place place
	// asked is the number of values asked for, all that there is to know of the
	// parameters of a workflow function.
	asked int
}

// payload is the one that failed.
func (d decode) payload() *commonpb.Payload {
	if all, ok := d.from.(*commonpb.Payloads); ok {
		if d.item < len(all.GetPayloads()) {
			return all.GetPayloads()[d.item]
		}
		return nil
	}
	p, _ := d.from.(*commonpb.Payload)
	return p
}
