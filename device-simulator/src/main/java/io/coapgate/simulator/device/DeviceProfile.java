package io.coapgate.simulator.device;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Who a simulated device is and how it behaves.
 *
 * @param id the name under which the gateway's registry has it
 * @param connectionId whether it offers a DTLS connection ID (RFC 9146)
 * @param tokens where its CWTs come from; empty if it has no such source
 * @param asksGateway whether it asks the gateway itself for CWTs, in place of a source of its own
 */
public record DeviceProfile(
        String id, Credential credential, boolean connectionId, Optional<TokenSource> tokens, boolean asksGateway) {
    public DeviceProfile {
        requireNonNull(id, "id");
        requireNonNull(credential, "credential");
        requireNonNull(tokens, "tokens");
    }

    /** A device with connection ID that shows its DTLS session only. */
    public static DeviceProfile of(String id, Credential credential) {
        return new DeviceProfile(id, credential, true, Optional.empty(), false);
    }

    public DeviceProfile withTokens(TokenSource source) {
        return new DeviceProfile(id, credential, connectionId, Optional.of(source), false);
    }

    /** The same device, which asks the gateway for its tokens. */
    public DeviceProfile askingGateway() {
        return new DeviceProfile(id, credential, connectionId, Optional.empty(), true);
    }

    /** Whether it uploads tokens. */
    public boolean uploads() {
        return tokens.isPresent() || asksGateway;
    }

    public DeviceProfile withoutConnectionId() {
        return new DeviceProfile(id, credential, false, tokens, asksGateway);
    }
}
