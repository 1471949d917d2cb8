package io.coapgate.gateway.device;

import io.coapgate.crypto.key.Thumbprint;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Where devices are enrolled. Implementations are thread-safe and never block the caller; a failed look-up completes
 * exceptionally and is treated as "not enrolled".
 */
public interface DeviceRegistry {
    CompletionStage<Optional<Enrolment>> findByPskIdentity(PskIdentity identity);

    CompletionStage<Optional<Enrolment>> findByPublicKey(Thumbprint subjectPublicKeyInfo);

    /** The first of the identities that is enrolled; callers put the most specific first. */
    CompletionStage<Optional<Enrolment>> findByCertificate(List<CertificateIdentity> identities);

    /** The device of this name, whatever its credentials. */
    CompletionStage<Optional<Device>> findById(DeviceId id);

    /**
     * Calls back with the devices that one change of the registry concerns, each at most once. A look-up that begins
     * during or after the call sees the change; one that began before may still complete with what was there before.
     * Callbacks must be quick; they run on the thread that changed the registry, one change after the other.
     */
    void onChange(Consumer<List<DeviceChange>> listener);

    /** A device and that one of its credentials by which it was found. */
    record Enrolment(Device device, DeviceCredential credential) {}
}
