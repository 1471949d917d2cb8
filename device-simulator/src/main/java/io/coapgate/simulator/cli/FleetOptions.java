package io.coapgate.simulator.cli;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.simulator.load.CredentialKind;
import io.coapgate.simulator.load.FleetDirectory;
import io.coapgate.simulator.load.FleetPlan;
import io.coapgate.simulator.load.TokenMode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Which devices there are. */
final class FleetOptions {
    private static final int SEED_BYTES = 32;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many devices (default: ${DEFAULT-VALUE}).")
    private int devices = 10;

    @Option(
            names = "--credential",
            paramLabel = "KIND",
            defaultValue = "psk",
            description = "What they authenticate with: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private CredentialKind credential = CredentialKind.PSK;

    @Option(
            names = "--token",
            paramLabel = "MODE",
            defaultValue = "self-issued",
            description = "What they show beyond their DTLS session: ${COMPLETION-CANDIDATES} (default:"
                    + " ${DEFAULT-VALUE}).")
    private TokenMode token = TokenMode.SELF_ISSUED;

    @Option(names = "--no-cid", description = "Offer no DTLS connection ID.")
    private boolean withoutConnectionId;

    @Option(
            names = "--fleet",
            paramLabel = "DIR",
            description = "Take the devices from there, where --enrol wrote them; the options above do not count then.")
    private Optional<Path> fleet = Optional.empty();

    FleetPlan plan(SecureRandom random) throws IOException {
        return planOr(seed -> new FleetPlan(seed, devices, credential, token, !withoutConnectionId), random);
    }

    /** The fleet that was stored, if one is named, else what is made out of a new seed. */
    FleetPlan planOr(Function<SecretBytes, FleetPlan> fresh, SecureRandom random) throws IOException {
        return fleet.isPresent()
                ? FleetDirectory.read(fleet.get())
                : fresh.apply(SecretBytes.random(SEED_BYTES, random));
    }
}
