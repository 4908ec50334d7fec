package inert

import (
	"slices"
	"strconv"
	"sync/atomic"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/proto"
)

// Storage lets drivers retrieve and does not let them store. A payload that would be stored is
// counted and gets a made-up claim.
func (g *Guard) Storage(external converter.ExternalStorage, stored *atomic.Int64) converter.ExternalStorage {
	if g.Acts {
		return external
	}
	external.Drivers = slices.Clone(external.Drivers)
	byName := map[string]*reading{}
	for i, driver := range external.Drivers {
		inert := &reading{driver, g, stored}
		external.Drivers[i], byName[driver.Name()] = inert, inert
	}
	g.drivers = byName
	if external.DriverSelector != nil {
		external.DriverSelector = &selecting{external.DriverSelector, byName}
	}
	return external
}

type reading struct {
	converter.StorageDriver
	guard  *Guard
	stored *atomic.Int64
}

func (d *reading) Store(ctx converter.StorageDriverStoreContext,
	payloads []*commonpb.Payload) ([]converter.StorageDriverClaim, error) {
	of, _ := ctx.Target.(converter.StorageDriverWorkflowInfo)
	d.guard.mu.Lock()
	defer d.guard.mu.Unlock()
	if d.guard.kept == nil {
		d.guard.kept = map[string]map[string]*commonpb.Payload{}
	}
	kept := d.guard.kept[of.WorkflowID]
	if kept == nil {
		kept = map[string]*commonpb.Payload{}
		d.guard.kept[of.WorkflowID] = kept
	}
	claims := make([]converter.StorageDriverClaim, len(payloads))
	for i, p := range payloads {
		n := strconv.FormatInt(d.stored.Add(1), 10)
		kept[n] = proto.CloneOf(p)
		claims[i] = converter.StorageDriverClaim{ClaimData: map[string]string{madeUp: n}}
	}
	return claims, nil
}

// madeUp is what a made-up claim has in place of what a driver has.
const madeUp = "rehearsal"

// selecting gives the SDK the driver that stores nothing for the one that was selected.
type selecting struct {
	converter.StorageDriverSelector
	byName map[string]*reading
}

func (s *selecting) SelectDriver(ctx converter.StorageDriverSelectContext,
	p *commonpb.Payload) (converter.StorageDriver, error) {
	driver, err := s.StorageDriverSelector.SelectDriver(ctx, p)
	if driver == nil || err != nil {
		return driver, err
	}
	if inert, ok := s.byName[driver.Name()]; ok && equal(inert.StorageDriver, driver) {
		return inert, nil
	}
	return driver, nil // not one of the drivers: the SDK refuses it
}

// equal compares drivers of one name as the SDK does (driversEqual in its
// internal/extstore/internal_extstore.go): those that cannot be compared are equal.
func equal(a, b converter.StorageDriver) (is bool) {
	defer func() {
		if recover() != nil {
			is = true
		}
	}()
	return a == b
}
