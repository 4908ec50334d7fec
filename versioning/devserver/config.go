package main

import (
	"fmt"
	"net/netip"
	"sync/atomic"
	"time"

	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/dynamicconfig"
	"go.temporal.io/server/common/membership/static"
	"go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	"go.temporal.io/server/common/primitives"
	"go.temporal.io/server/common/testing/freeport"
)

const clusterName = "active"

// databases numbers the databases in memory: SQLite shares those of the same name within a process.
var databases atomic.Int64

// newConfig configures one cluster of one host, all of it on the IP of the frontend. Left out, and therefore not
// listening: membership (the hosts are static), metrics and profiling.
func newConfig(frontend netip.AddrPort) *config.Config {
	disabled := "disabled"
	return &config.Config{
		Persistence: config.Persistence{
			DefaultStore:     sqlite.PluginName,
			VisibilityStore:  sqlite.PluginName,
			NumHistoryShards: 1,
			DataStores: map[string]config.DataStore{sqlite.PluginName: {SQL: &config.SQL{
				PluginName:        sqlite.PluginName,
				DatabaseName:      fmt.Sprintf("devserver-%d", databases.Add(1)),
				ConnectAttributes: map[string]string{"mode": "memory", "cache": "shared"},
			}}},
		},
		ClusterMetadata: &cluster.Config{
			FailoverVersionIncrement: 10,
			MasterClusterName:        clusterName,
			CurrentClusterName:       clusterName,
			ClusterInformation: map[string]cluster.ClusterInformation{
				clusterName: {Enabled: true, InitialFailoverVersion: 1, RPCAddress: frontend.String()},
			},
		},
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		PublicClient:        config.PublicClient{HostPort: frontend.String()},
		Services:            newServices(frontend),
		Archival: config.Archival{
			History:    config.HistoryArchival{State: disabled},
			Visibility: config.VisibilityArchival{State: disabled},
		},
		NamespaceDefaults: config.NamespaceDefaults{Archival: config.ArchivalNamespaceDefaults{
			History:    config.HistoryArchivalNamespaceDefaults{State: disabled},
			Visibility: config.VisibilityArchivalNamespaceDefaults{State: disabled},
		}},
	}
}

// newServices binds by IP: BindOnLocalHost would listen on whatever IP the environment variable LOCALHOST_IP holds.
func newServices(frontend netip.AddrPort) map[string]config.Service {
	bind := func(grpc, http uint16) config.Service {
		return config.Service{RPC: config.RPC{
			BindOnIP: frontend.Addr().String(), GRPCPort: int(grpc), HTTPPort: int(http),
		}}
	}
	return map[string]config.Service{
		// Nexus operations go through the HTTP port of the frontend, even from one workflow to another.
		string(primitives.FrontendService): bind(frontend.Port(), freePort()),
		string(primitives.HistoryService):  bind(freePort(), 0),
		string(primitives.MatchingService): bind(freePort(), 0),
		string(primitives.WorkerService):   bind(freePort(), 0),
	}
}

// freePort gives a port that the system does not give to anybody else for a while.
func freePort() uint16 { return uint16(freeport.MustGetFreePort()) }

// staticHosts tells each service where the others are. With it nobody gossips, which saves four ports and the time to
// find each other.
func staticHosts(cfg *config.Config) map[primitives.ServiceName]static.Hosts {
	hosts := map[primitives.ServiceName]static.Hosts{}
	for name, service := range cfg.Services {
		ip := netip.MustParseAddr(service.RPC.BindOnIP)
		address := netip.AddrPortFrom(ip, uint16(service.RPC.GRPCPort))
		hosts[primitives.ServiceName(name)] = static.SingleLocalHost(address.String())
	}
	return hosts
}

// settingsForOne holds what differs from the defaults of a cluster with many users. Updates, Nexus and Worker Deployments
// need no setting.
func settingsForOne() dynamicconfig.Client {
	const unlimited = 10_000 // a second
	return dynamicconfig.StaticClient{
		// The check sends facts about the cluster to a host on the internet.
		dynamicconfig.EnableServerVersionCheck.Key(): false,
		// A search attribute can be used as soon as it is added.
		dynamicconfig.ForceSearchAttributesCacheRefreshOnRead.Key(): true,
		// With the four partitions of a cluster, a task can wait in one while the worker polls another.
		dynamicconfig.MatchingNumTaskqueueReadPartitions.Key():  1,
		dynamicconfig.MatchingNumTaskqueueWritePartitions.Key(): 1,
		// The default is ten calls a second, too few for tests that wait until executions are listed.
		dynamicconfig.FrontendMaxNamespaceVisibilityRPSPerInstance.Key(): unlimited,
		// The default is 20 a second for each shard. There is one shard, so workflow tasks would wait for 40 ms each.
		dynamicconfig.TransferProcessorMaxPollRPS.Key():   unlimited,
		dynamicconfig.TimerProcessorMaxPollRPS.Key():      unlimited,
		dynamicconfig.OutboundProcessorMaxPollRPS.Key():   unlimited,
		dynamicconfig.VisibilityProcessorMaxPollRPS.Key(): unlimited,
		// A Worker Deployment Version is found drained after three minutes, and if it is not, after three more. Here
		// executions are listed at once, so there is nothing to wait for.
		dynamicconfig.VersionDrainageStatusVisibilityGracePeriod.Key(): time.Second,
		dynamicconfig.VersionDrainageStatusRefreshInterval.Key():       5 * time.Second,
	}
}
