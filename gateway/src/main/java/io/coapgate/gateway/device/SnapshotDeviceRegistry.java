package io.coapgate.gateway.device;

import io.coapgate.crypto.key.Thumbprint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A registry held in memory and replaced as a whole. Look-ups see either the old or the new state, never a mixture;
 * replacements are serialised.
 */
public final class SnapshotDeviceRegistry implements DeviceRegistry {
    private final List<Consumer<List<DeviceChange>>> listeners = new CopyOnWriteArrayList<>();
    private volatile Snapshot snapshot;

    /** @throws DuplicateEnrolmentException if two devices share an id or a credential */
    public SnapshotDeviceRegistry(Collection<Device> devices) throws DuplicateEnrolmentException {
        this.snapshot = Snapshot.of(devices);
    }

    /**
     * Swaps the whole registry and reports all devices that differ, if any do.
     *
     * @throws DuplicateEnrolmentException if two devices share an id or a credential; the old state then stays
     */
    public synchronized void replace(Collection<Device> devices) throws DuplicateEnrolmentException {
        Snapshot old = snapshot;
        Snapshot fresh = Snapshot.of(devices);
        snapshot = fresh;
        List<DeviceChange> changes = changes(old.byId(), fresh.byId());
        if (!changes.isEmpty()) {
            listeners.forEach(listener -> listener.accept(changes));
        }
    }

    private static List<DeviceChange> changes(Map<DeviceId, Device> old, Map<DeviceId, Device> fresh) {
        List<DeviceChange> changes = new ArrayList<>();
        fresh.values().stream()
                .filter(device -> !device.equals(old.get(device.id())))
                .forEach(device -> changes.add(new DeviceChange.Updated(device)));
        old.keySet().stream()
                .filter(id -> !fresh.containsKey(id))
                .forEach(id -> changes.add(new DeviceChange.Removed(id)));
        return List.copyOf(changes);
    }

    /** The device's current record. */
    public Optional<Device> find(DeviceId id) {
        return Optional.ofNullable(snapshot.byId().get(id));
    }

    public int size() {
        return snapshot.byId().size();
    }

    @Override
    public CompletionStage<Optional<Enrolment>> findByPskIdentity(PskIdentity identity) {
        return find(identity);
    }

    @Override
    public CompletionStage<Optional<Enrolment>> findByPublicKey(Thumbprint subjectPublicKeyInfo) {
        return find(subjectPublicKeyInfo);
    }

    @Override
    public CompletionStage<Optional<Enrolment>> findByCertificate(List<CertificateIdentity> identities) {
        Snapshot current = snapshot;
        return CompletableFuture.completedFuture(identities.stream()
                .map(current.byCredential()::get)
                .filter(found -> found != null)
                .findFirst());
    }

    @Override
    public CompletionStage<Optional<Device>> findById(DeviceId id) {
        return CompletableFuture.completedFuture(
                Optional.ofNullable(snapshot.byId().get(id)));
    }

    @Override
    public void onChange(Consumer<List<DeviceChange>> listener) {
        listeners.add(listener);
    }

    private CompletionStage<Optional<Enrolment>> find(Object credentialKey) {
        return CompletableFuture.completedFuture(
                Optional.ofNullable(snapshot.byCredential().get(credentialKey)));
    }

    /** Both indexes over one set of devices. */
    private record Snapshot(Map<DeviceId, Device> byId, Map<Object, Enrolment> byCredential) {
        static Snapshot of(Collection<Device> devices) throws DuplicateEnrolmentException {
            Map<DeviceId, Device> byId = new HashMap<>();
            Map<Object, Enrolment> byCredential = new HashMap<>();
            for (Device device : devices) {
                Device sameId = byId.put(device.id(), device);
                if (sameId != null) {
                    throw new DuplicateEnrolmentException(device.id(), sameId.id(), "the id");
                }
                for (DeviceCredential credential : device.credentials()) {
                    Enrolment other = byCredential.put(lookupKeyOf(credential), new Enrolment(device, credential));
                    if (other != null) {
                        throw new DuplicateEnrolmentException(
                                device.id(), other.device().id(), "a credential");
                    }
                }
            }
            return new Snapshot(Map.copyOf(byId), Map.copyOf(byCredential));
        }

        private static Object lookupKeyOf(DeviceCredential credential) {
            if (credential instanceof DeviceCredential.PreSharedKey psk) {
                return psk.identity();
            }
            if (credential instanceof DeviceCredential.RawPublicKey rpk) {
                return rpk.thumbprint();
            }
            if (credential instanceof DeviceCredential.ClientSecret secret) {
                return secret.lookupKey();
            }
            if (credential instanceof DeviceCredential.X509 x509) {
                return x509.identity();
            }
            throw new IllegalArgumentException("an access token is no credential that a device can be enrolled with");
        }
    }
}
