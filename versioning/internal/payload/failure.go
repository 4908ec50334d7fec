package payload

import (
	"errors"
	"slices"

	"google.golang.org/protobuf/proto"

	commonpb "go.temporal.io/api/common/v1"
	failurepb "go.temporal.io/api/failure/v1"
	updatepb "go.temporal.io/api/update/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
)

// Readable returns failures with the fields decoded that the Workers have encoded.
func (d Decoder) Readable(m proto.Message) proto.Message {
	switch m := m.(type) {
	case *failurepb.Failure:
		return d.readableFailure(m)
	case *updatepb.Outcome:
		if failure := m.GetFailure(); failure != nil {
			return &updatepb.Outcome{Value: &updatepb.Outcome_Failure{Failure: d.readableFailure(failure)}}
		}
	}
	return m
}

func (d Decoder) readableFailure(failure *failurepb.Failure) *failurepb.Failure {
	err := d.errorOf(proto.CloneOf(failure))
	failure = proto.CloneOf(failure)
	for f := failure; f != nil; f = f.GetCause() {
		if f.GetEncodedAttributes() != nil {
			func() {
				defer func() { _ = recover() }()
				converter.DecodeCommonFailureAttributes(d.data(), f)
			}()
		}
		if details := detailsOf(f); slices.ContainsFunc(details.GetPayloads(), d.isRaw) {
			if plain := detailsIn(err, len(details.GetPayloads())); plain != nil {
				details.Payloads = plain.GetPayloads()
			}
		}
		err = errors.Unwrap(err)
	}
	return failure
}

func (d Decoder) isRaw(p *commonpb.Payload) bool {
	_, ok := d.Value(p).(Raw)
	return ok
}

func (d Decoder) errorOf(failure *failurepb.Failure) (err error) {
	defer func() { _ = recover() }()
	if d.Failures == nil {
		return nil
	}
	return d.Failures.FailureToError(failure)
}

func detailsOf(f *failurepb.Failure) *commonpb.Payloads {
	switch {
	case f.GetApplicationFailureInfo() != nil:
		return f.GetApplicationFailureInfo().GetDetails()
	case f.GetCanceledFailureInfo() != nil:
		return f.GetCanceledFailureInfo().GetDetails()
	}
	return f.GetTimeoutFailureInfo().GetLastHeartbeatDetails()
}

// detailsIn reads the details with the data converter that the failure converter
// has, which need not be that of the workers, and encodes them for people.
func detailsIn(err error, n int) (plain *commonpb.Payloads) {
	defer func() {
		if recover() != nil {
			plain = nil
		}
	}()
	values, pointers := make([]any, n), make([]any, n)
	for i := range values {
		pointers[i] = &values[i]
	}
	var read func(...any) error
	switch err := err.(type) { //nolint:errorlint // the causes are looked at one by one
	case *temporal.ApplicationError:
		read = err.Details
	case *temporal.CanceledError:
		read = err.Details
	case *temporal.TimeoutError:
		read = err.LastHeartbeatDetails
	default:
		return nil
	}
	if read(pointers...) != nil {
		return nil
	}
	plain, _ = converter.GetDefaultDataConverter().ToPayloads(values...)
	return plain
}
