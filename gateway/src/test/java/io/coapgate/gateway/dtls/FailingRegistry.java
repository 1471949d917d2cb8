package io.coapgate.gateway.dtls;

import io.coapgate.crypto.key.Thumbprint;
import io.coapgate.gateway.device.CertificateIdentity;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.DeviceChange;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.device.DeviceRegistry;
import io.coapgate.gateway.device.PskIdentity;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A registry whose database is gone. */
final class FailingRegistry implements DeviceRegistry {
    private final DeviceRegistry registry;

    FailingRegistry(DeviceRegistry registry) {
        this.registry = registry;
    }

    @Override
    public CompletionStage<Optional<Enrolment>> findByPskIdentity(PskIdentity identity) {
        return failure();
    }

    @Override
    public CompletionStage<Optional<Enrolment>> findByPublicKey(Thumbprint subjectPublicKeyInfo) {
        return failure();
    }

    @Override
    public CompletionStage<Optional<Enrolment>> findByCertificate(List<CertificateIdentity> identities) {
        return failure();
    }

    @Override
    public CompletionStage<Optional<Device>> findById(DeviceId id) {
        return failure();
    }

    @Override
    public void onChange(Consumer<List<DeviceChange>> listener) {
        registry.onChange(listener);
    }

    private static <T> CompletionStage<Optional<T>> failure() {
        return CompletableFuture.failedFuture(new IOException("no database"));
    }
}
