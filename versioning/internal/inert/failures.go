package inert

import (
	failurepb "go.temporal.io/api/failure/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"google.golang.org/protobuf/proto"
)

// A recordedFailure is a failure on its way through the SDK, encoded as it is.
type recordedFailure struct{ failure *failurepb.Failure }

func (f *recordedFailure) Error() string { return f.failure.GetMessage() }

// Failures passes recorded failures through the failure converter unchanged. nil stands for the
// SDK's default converter.
func Failures(fc converter.FailureConverter) converter.FailureConverter {
	if fc == nil {
		fc = temporal.GetDefaultFailureConverter()
	}
	return &passingFailures{fc}
}

type passingFailures struct{ converter.FailureConverter }

func (p *passingFailures) ErrorToFailure(err error) *failurepb.Failure {
	if f, ok := err.(*recordedFailure); ok { // never wrapped
		return proto.CloneOf(f.failure)
	}
	return p.FailureConverter.ErrorToFailure(err)
}

func (p *passingFailures) WithSerializationContext(ctx converter.SerializationContext) converter.FailureConverter {
	return &passingFailures{converter.WithFailureConverterSerializationContext(p.FailureConverter, ctx)}
}
