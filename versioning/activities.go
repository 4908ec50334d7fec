package versioning

import (
	"fmt"
	"reflect"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"
)

// ActivityAliases returns the names under which the stage registers activity
// functions whose own name is another one, by that name. A worker calls an
// activity by its alias when the workflow passes the function
// (getActivityFunctionName in the SDK's internal/internal_worker.go); the SDK's
// replayer knows no activities, so whoever replays must tell it. The error names
// a panic in RegisterActivities.
func (s Stage) ActivityAliases() (aliases map[string]string, err error) {
	if s.RegisterActivities == nil {
		return nil, nil
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panics in RegisterActivities: %v", p)
		}
	}()
	list := aliasList{}
	s.RegisterActivities(list)
	return list, nil
}

// aliasList notes aliases and registers nothing.
type aliasList map[string]string

var _ worker.ActivityRegistry = aliasList{}

func (l aliasList) RegisterActivity(any) {}

func (l aliasList) RegisterDynamicActivity(any, activity.DynamicRegisterOptions) {}

// RegisterActivityWithOptions notes functions only: the methods of a structure
// get the name as a prefix, and the SDK keeps no alias for them.
func (l aliasList) RegisterActivityWithOptions(a any, options activity.RegisterOptions) {
	if options.Name != "" && reflect.TypeOf(a).Kind() == reflect.Func {
		l[functionName(a)] = options.Name
	}
}
