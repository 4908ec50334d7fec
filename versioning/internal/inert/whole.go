package inert

import (
	"context"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/proxy"
	sdkpb "go.temporal.io/api/sdk/v1"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// Whole returns the events with the values that are stored elsewhere in place of their claims:
// those of recorded claims are retrieved, those of made-up ones are what would have been stored. An
// event without a claim is returned as it is, and so is a claim whose value cannot be had.
func (g *Guard) Whole(workflowID string, list []*historypb.HistoryEvent) []*historypb.HistoryEvent {
	if len(g.drivers) == 0 {
		return list
	}
	whole := make([]*historypb.HistoryEvent, len(list))
	for i, e := range list {
		whole[i] = g.whole(workflowID, e)
	}
	return whole
}

func (g *Guard) whole(workflowID string, e *historypb.HistoryEvent) *historypb.HistoryEvent {
	found := false
	clone := proto.CloneOf(e)
	err := proxy.VisitPayloads(context.Background(), clone, proxy.VisitPayloadsOptions{
		SkipSearchAttributes: true,
		Visitor: func(_ *proxy.VisitPayloadsContext, payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
			values := make([]*commonpb.Payload, len(payloads))
			for i, p := range payloads {
				values[i] = p
				if value := g.value(workflowID, p); value != nil {
					values[i], found = value, true
				}
			}
			return values, nil
		},
	})
	if err != nil || !found {
		return e
	}
	return clone
}

// value is what a claim stands for, nil if it is none (IsStorageReference in the SDK's
// internal/extstore/internal_extstore.go).
func (g *Guard) value(workflowID string, p *commonpb.Payload) *commonpb.Payload {
	var claim sdkpb.ExternalStorageReference
	if string(p.GetMetadata()["messageType"]) != string(claim.ProtoReflect().Descriptor().FullName()) ||
		protojson.Unmarshal(p.GetData(), &claim) != nil {
		return nil
	}
	if n, ok := claim.GetClaimData()[madeUp]; ok {
		g.mu.Lock()
		defer g.mu.Unlock()
		return proto.CloneOf(g.kept[workflowID][n])
	}
	return g.drivers[claim.GetDriverName()].retrieved(claim.GetClaimData())
}

func (d *reading) retrieved(claim map[string]string) (value *commonpb.Payload) {
	defer func() {
		if recover() != nil {
			value = nil
		}
	}()
	if d == nil {
		return nil
	}
	values, err := d.Retrieve(converter.StorageDriverRetrieveContext{Context: context.Background()},
		[]converter.StorageDriverClaim{{ClaimData: claim}})
	if err != nil || len(values) != 1 {
		return nil
	}
	return values[0]
}
