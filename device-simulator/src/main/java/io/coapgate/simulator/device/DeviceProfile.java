package io.coapgate.simulator.device;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Who a simulated device is and how it behaves.
 *
 * @param id the name under which the gateway's registry has it
 * @param connectionId whether it offers a DTLS connection ID (RFC 9146)
 * @param tokens where its CWTs come from; empty if its DTLS session is all that it shows
 */
public record DeviceProfile(String id, Credential credential, boolean connectionId, Optional<TokenSource> tokens) {
    public DeviceProfile {
        requireNonNull(id, "id");
        requireNonNull(credential, "credential");
        requireNonNull(tokens, "tokens");
    }

    /** A device with connection ID that shows its DTLS session only. */
    public static DeviceProfile of(String id, Credential credential) {
        return new DeviceProfile(id, credential, true, Optional.empty());
    }

    public DeviceProfile withTokens(TokenSource source) {
        return new DeviceProfile(id, credential, connectionId, Optional.of(source));
    }

    public DeviceProfile withoutConnectionId() {
        return new DeviceProfile(id, credential, false, tokens);
    }
}
