package versioning

import (
	"fmt"
	"reflect"
	"slices"

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
	list, err := s.registeredActivities()
	return list.aliases, err
}

// Activities returns the names of the activities that the stage registers, sorted, each
// once; a dynamic one has none. It is nil without RegisterActivities. The error names a
// panic in it.
func (s Stage) Activities() (names []string, err error) {
	list, err := s.registeredActivities()
	slices.Sort(list.names)
	return slices.Compact(list.names), err
}

// registeredActivities is empty without RegisterActivities and after a panic in it.
func (s Stage) registeredActivities() (list activityList, err error) {
	if s.RegisterActivities == nil {
		return activityList{}, nil
	}
	if list, err = registeredActivities(s.RegisterActivities); err != nil {
		err = fmt.Errorf("panics in RegisterActivities: %w", err)
	}
	return list, err
}

// registeredActivities returns what is registered, nothing with an error after a panic.
func registeredActivities(register func(worker.ActivityRegistry)) (list activityList, err error) {
	defer func() {
		if p := recover(); p != nil {
			list, err = activityList{}, fmt.Errorf("%v", p)
		}
	}()
	list.aliases = map[string]string{}
	register(&list)
	return list, nil
}

// activityList notes names and aliases, and registers nothing.
type activityList struct {
	names   []string
	aliases map[string]string
	// dynamic is whether there is an activity that takes all names.
	dynamic bool
}

func (l activityList) isEmpty() bool { return len(l.names) == 0 && !l.dynamic }

var _ worker.ActivityRegistry = &activityList{}

func (l *activityList) RegisterActivity(a any) {
	l.RegisterActivityWithOptions(a, activity.RegisterOptions{})
}

func (l *activityList) RegisterDynamicActivity(any, activity.DynamicRegisterOptions) {
	l.dynamic = true
}

// RegisterActivityWithOptions notes aliases of functions only: the methods of a structure
// get the name as a prefix, and the SDK keeps no alias for them
// (registerActivityStructWithOptions in the SDK's internal/internal_worker.go).
func (l *activityList) RegisterActivityWithOptions(a any, options activity.RegisterOptions) {
	switch t := reflect.TypeOf(a); {
	case t == nil:
	case t.Kind() == reflect.Func && options.Name != "":
		l.names = append(l.names, options.Name)
		l.aliases[functionName(a)] = options.Name
	case t.Kind() == reflect.Func:
		l.names = append(l.names, functionName(a))
	case t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct:
		for i := range t.NumMethod() {
			if returnsError(t.Method(i).Type) {
				l.names = append(l.names, options.Name+t.Method(i).Name)
			}
		}
	}
}

// returnsError reports whether a method can be an activity: its last result is an error.
func returnsError(method reflect.Type) bool {
	return method.NumOut() > 0 && method.Out(method.NumOut()-1) == reflect.TypeFor[error]()
}
