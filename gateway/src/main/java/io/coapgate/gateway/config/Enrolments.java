package io.coapgate.gateway.config;

import io.coapgate.gateway.device.DeviceCredential;
import io.coapgate.gateway.device.DeviceId;
import java.util.HashMap;
import java.util.Map;

/** Remembers which device stood where, to tell both places when an id or a credential comes twice. Not thread-safe. */
final class Enrolments {
    private final Map<DeviceId, Integer> lineOfDevice = new HashMap<>();
    private final Map<Object, Place> placeOfCredential = new HashMap<>();

    /** Reports a problem if the id was there before. */
    void add(DeviceId id, Section section) {
        Integer before = lineOfDevice.putIfAbsent(id, section.position("id").line());
        if (before != null) {
            section.problem("id", "the device on line " + before + " has this id too", "give each device its own");
        }
    }

    /** Reports a problem if the credential was there before, even with the same device. */
    void add(DeviceCredential credential, DeviceId device, Section section, String kind) {
        Place place = new Place(device, section.position(kind).line());
        Place before = placeOfCredential.putIfAbsent(lookupKey(credential), place);
        if (before != null) {
            String message =
                    "device " + before.device() + " has this " + what(credential) + " too, on line " + before.line();
            section.problem(kind, message, "a handshake could not tell them apart: keep one of them");
        }
    }

    private static Object lookupKey(DeviceCredential credential) {
        if (credential instanceof DeviceCredential.PreSharedKey psk) {
            return psk.identity();
        }
        if (credential instanceof DeviceCredential.RawPublicKey rpk) {
            return rpk.thumbprint();
        }
        if (credential instanceof DeviceCredential.ClientSecret secret) {
            return secret.lookupKey();
        }
        return ((DeviceCredential.X509) credential).identity();
    }

    private static String what(DeviceCredential credential) {
        if (credential instanceof DeviceCredential.PreSharedKey) {
            return "PSK identity";
        }
        if (credential instanceof DeviceCredential.ClientSecret) {
            return "client secret";
        }
        return credential instanceof DeviceCredential.RawPublicKey ? "public key" : "certificate identity";
    }

    private record Place(DeviceId device, int line) {}
}
