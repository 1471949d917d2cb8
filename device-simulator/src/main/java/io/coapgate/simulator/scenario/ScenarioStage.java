package io.coapgate.simulator.scenario;

import io.coapgate.simulator.fault.ImpairmentProxy;
import io.coapgate.simulator.fault.Impairments;
import io.coapgate.simulator.launch.Enrolment;
import io.coapgate.simulator.launch.GatewayTuning;
import io.coapgate.simulator.launch.LocalGateway;
import io.coapgate.simulator.load.Interruption;
import io.coapgate.simulator.load.Stage;
import io.coapgate.simulator.scenario.Scenario.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The network and the events of one run of a scenario. Used by one run, then closed. */
final class ScenarioStage implements Stage, AutoCloseable {
    private final Scenario scenario;
    private final List<Enrolment> enrolments;
    private volatile @Nullable ImpairmentProxy proxy;

    /** @param enrolments all devices, as the gateway's registry has them */
    ScenarioStage(Scenario scenario, List<Enrolment> enrolments) {
        this.scenario = scenario;
        this.enrolments = List.copyOf(enrolments);
    }

    @Override
    public GatewayTuning tuning() {
        return scenario.place().gateway();
    }

    /** A network in between only if something is to happen in it, so that it costs nothing otherwise. */
    @Override
    public InetSocketAddress entrance(InetSocketAddress server) throws IOException {
        boolean changes = scenario.events().stream().anyMatch(event -> event.kind() == Event.Kind.NETWORK);
        if (scenario.place().network().isEmpty() && !changes) {
            return server;
        }
        Network network = scenario.place().network().orElse(new Network(Impairments.NONE, 1));
        ImpairmentProxy started = ImpairmentProxy.start(server, network.impairments(), network.seed());
        proxy = started;
        return started.address();
    }

    @Override
    public List<Interruption> interruptions(Optional<LocalGateway> gateway) {
        return scenario.events().stream()
                .map(event -> new Interruption(
                        event.at(),
                        event.kind().toString(),
                        event.kind().isLocal() ? local(event, gateway.orElseThrow()) : remote(event)))
                .toList();
    }

    private Interruption.Action local(Event event, LocalGateway gateway) {
        return switch (event.kind()) {
            case GATEWAY_RESTART -> devices -> gateway.restart(false);
            case GATEWAY_KILL -> devices -> gateway.restart(true);
            case UPSTREAM_OUTAGE -> devices -> gateway.stopService();
            case UPSTREAM_RECOVERY -> devices -> gateway.startService();
            case ISSUER_KEYS_ROTATED -> devices -> gateway.rotateIssuerKeys();
            default ->
                devices -> {
                    devices.cast(event.devices(), Measure.REMOVED);
                    gateway.files().enrol(without(event.devices()));
                };
        };
    }

    private Interruption.Action remote(Event event) {
        return switch (event.kind()) {
            case NAT_REBIND -> Interruption.Devices::changePorts;
            case ABUSE -> devices -> devices.abuse(event.devices(), event.rate());
            default -> devices -> Optional.ofNullable(proxy).orElseThrow().set(event.impairments());
        };
    }

    private List<Enrolment> without(int first) {
        return enrolments.subList(Math.min(first, enrolments.size()), enrolments.size());
    }

    @Override
    public void close() {
        ImpairmentProxy open = proxy;
        if (open != null) {
            open.close();
        }
    }
}
