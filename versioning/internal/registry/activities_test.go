package registry_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning/internal/registry"
)

type till struct{}

func (*till) Charge(context.Context) error { return nil }

func refund(context.Context) error { return nil }

func TestActivityAliases(t *testing.T) {
	t.Parallel()
	got, err := registry.OfActivities(func(r worker.ActivityRegistry) {
		r.RegisterActivityWithOptions(refund, activity.RegisterOptions{Name: "billing.Refund"})
		r.RegisterActivityWithOptions((&till{}).Charge, activity.RegisterOptions{Name: "billing.Charge"})
		r.RegisterActivityWithOptions(&till{}, activity.RegisterOptions{Name: "Till"})
		r.RegisterActivity(shipped)
		r.RegisterDynamicActivity(shipped, activity.DynamicRegisterOptions{})
	})
	require.NoError(t, err)
	if diff := cmp.Diff(map[string]string{"refund": "billing.Refund", "Charge": "billing.Charge"},
		got.Aliases); diff != "" {
		t.Errorf("functions and method values with a name have an alias, structures have none (-want +got):\n%s", diff)
	}

	_, err = registry.OfActivities(func(worker.ActivityRegistry) { panic("no database") })
	require.EqualError(t, err, "panics in RegisterActivities: no database")
	got, err = registry.OfActivities(nil)
	require.NoError(t, err)
	require.Empty(t, got.Aliases)
}

type desk struct{}

func (*desk) Open(context.Context) error            { return nil }
func (*desk) Close(context.Context) (string, error) { return "", nil }
func (*desk) Number() int                           { return 1 }

// TestActivities names what a Worker's registry has.
func TestActivities(t *testing.T) {
	t.Parallel()
	got, err := registry.OfActivities(func(r worker.ActivityRegistry) {
		r.RegisterActivityWithOptions(refund, activity.RegisterOptions{Name: "billing.Refund"})
		r.RegisterActivityWithOptions(&till{}, activity.RegisterOptions{Name: "Till"})
		r.RegisterActivityWithOptions(&desk{}, activity.RegisterOptions{SkipInvalidStructFunctions: true})
		r.RegisterActivity((&till{}).Charge)
		r.RegisterActivity(shipped)
		r.RegisterDynamicActivity(shipped, activity.DynamicRegisterOptions{})
	})
	require.NoError(t, err)
	if diff := cmp.Diff([]string{"Charge", "Close", "Open", "TillCharge", "billing.Refund", "shipped"},
		got.Names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	require.True(t, got.Dynamic)

	_, err = registry.OfActivities(func(worker.ActivityRegistry) { panic("no database") })
	require.EqualError(t, err, "panics in RegisterActivities: no database")
	got, err = registry.OfActivities(nil)
	require.NoError(t, err)
	require.Empty(t, got.Names)
}

func shipped(context.Context) error { return nil }
