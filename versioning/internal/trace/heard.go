package trace

import (
	"reflect"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
)

// heard is what the SDK has encoded during a call.
type heard struct {
	// payloads are the arguments, and Encoded is what has encoded them: a converter can
	// need the context that it has been given.
	payloads *commonpb.Payloads
	Encoded
	// single is what has encoded values one by one: those of memos.
	single converter.DataConverter
}

func typesOf(values []any) []reflect.Type {
	types := make([]reflect.Type, len(values))
	for i, value := range values {
		types[i] = reflect.TypeOf(value)
	}
	return types
}
