package versioning_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
)

type till struct{}

func (*till) Charge(context.Context) error { return nil }

func refund(context.Context) error { return nil }

func TestActivityAliases(t *testing.T) {
	t.Parallel()
	s := versioning.Stage{RegisterActivities: func(r worker.ActivityRegistry) {
		r.RegisterActivityWithOptions(refund, activity.RegisterOptions{Name: "billing.Refund"})
		r.RegisterActivityWithOptions((&till{}).Charge, activity.RegisterOptions{Name: "billing.Charge"})
		r.RegisterActivityWithOptions(&till{}, activity.RegisterOptions{Name: "Till"})
		r.RegisterActivity(shipped)
		r.RegisterDynamicActivity(shipped, activity.DynamicRegisterOptions{})
	}}
	got, err := s.ActivityAliases()
	require.NoError(t, err)
	if diff := cmp.Diff(map[string]string{"refund": "billing.Refund", "Charge": "billing.Charge"}, got); diff != "" {
		t.Errorf("functions and method values with a name have an alias, structures have none (-want +got):\n%s", diff)
	}

	s.RegisterActivities = func(worker.ActivityRegistry) { panic("no database") }
	_, err = s.ActivityAliases()
	require.EqualError(t, err, "panics in RegisterActivities: no database")
	got, err = versioning.Stage{}.ActivityAliases()
	require.NoError(t, err)
	require.Empty(t, got)
}

func shipped(context.Context) error { return nil }
