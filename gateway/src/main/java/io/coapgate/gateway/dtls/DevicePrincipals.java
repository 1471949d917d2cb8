package io.coapgate.gateway.dtls;

import io.coapgate.gateway.device.AuthenticatedDevice;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import org.eclipse.californium.elements.auth.AdditionalInfo;
import org.eclipse.californium.elements.auth.ExtensiblePrincipal;
import org.jspecify.annotations.Nullable;

/** How the proof of a handshake travels with the session's principal. */
public final class DevicePrincipals {
    private static final String KEY = AuthenticatedDevice.class.getName();

    private DevicePrincipals() {}

    /** The proof that a completed handshake attached to the session; empty for any other principal. */
    public static Optional<AuthenticatedDevice> deviceOf(Principal principal) {
        return principal instanceof ExtensiblePrincipal<?> extensible
                ? Optional.ofNullable(extensible.getExtendedInfo().get(KEY, AuthenticatedDevice.class))
                : Optional.empty();
    }

    /**
     * What to attach once the peer's Finished is verified.
     *
     * @param proof what the look-up handed to the handshake; null in a resumption, whose principal has it already
     * @return null to leave the principal as it is
     * @throws IllegalStateException if the session would end up without a proof: this breaks the handshake off
     */
    static @Nullable AdditionalInfo infoFor(Principal principal, @Nullable Object proof) {
        if (proof instanceof AuthenticatedDevice device) {
            return AdditionalInfo.from(Map.of(KEY, device));
        }
        if (deviceOf(principal).isEmpty()) {
            throw new IllegalStateException("a handshake without an authenticated device");
        }
        return null;
    }
}
