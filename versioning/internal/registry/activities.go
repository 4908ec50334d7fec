package registry

import (
	"fmt"
	"reflect"
	"slices"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"
)

// Activities are what a stage registers with its function RegisterActivities.
type Activities struct {
	// Names are sorted, each once. A dynamic activity has no name.
	Names []string
	// Aliases maps the own name of a function to the other name that the function is registered
	// under. A Worker calls an activity by its alias when the workflow passes the function
	// (getActivityFunctionName in the SDK's internal/internal_worker.go). The SDK's replayer knows
	// no activities, so the caller of the replayer must tell it the aliases.
	Aliases map[string]string
	// Dynamic reports whether a dynamic activity takes every other name.
	Dynamic bool
}

// OfActivities calls a stage's RegisterActivities and returns what it registered. If the function
// is nil, nothing is registered. If the function panics, the error says so.
func OfActivities(register func(worker.ActivityRegistry)) (registered Activities, err error) {
	if register == nil {
		return Activities{}, nil
	}
	defer func() {
		if p := recover(); p != nil {
			registered, err = Activities{}, fmt.Errorf("panics in RegisterActivities: %v", p)
		}
	}()
	list := &activityList{Activities{Aliases: map[string]string{}}}
	register(list)
	slices.Sort(list.Names)
	list.Names = slices.Compact(list.Names)
	return list.Activities, nil
}

// activityList notes names and aliases, and registers nothing.
type activityList struct{ Activities }

var _ worker.ActivityRegistry = &activityList{}

func (l *activityList) RegisterActivity(a any) {
	l.RegisterActivityWithOptions(a, activity.RegisterOptions{})
}

func (l *activityList) RegisterDynamicActivity(any, activity.DynamicRegisterOptions) {
	l.Dynamic = true
}

// RegisterActivityWithOptions notes the aliases of functions only. The methods of a structure get
// the name as a prefix, and the SDK keeps no alias for them (registerActivityStructWithOptions in
// the SDK's internal/internal_worker.go).
func (l *activityList) RegisterActivityWithOptions(a any, options activity.RegisterOptions) {
	switch t := reflect.TypeOf(a); {
	case t == nil:
	case t.Kind() == reflect.Func && options.Name != "":
		l.Names = append(l.Names, options.Name)
		l.Aliases[functionName(a)] = options.Name
	case t.Kind() == reflect.Func:
		l.Names = append(l.Names, functionName(a))
	case t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct:
		for i := range t.NumMethod() {
			if returnsError(t.Method(i).Type) {
				l.Names = append(l.Names, options.Name+t.Method(i).Name)
			}
		}
	}
}

// returnsError reports whether a method can be an activity: its last result is an error.
func returnsError(method reflect.Type) bool {
	return method.NumOut() > 0 && method.Out(method.NumOut()-1) == reflect.TypeFor[error]()
}
