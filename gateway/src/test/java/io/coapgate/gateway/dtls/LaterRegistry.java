package io.coapgate.gateway.dtls;

import io.coapgate.crypto.key.Thumbprint;
import io.coapgate.gateway.device.CertificateIdentity;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.DeviceChange;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.device.DeviceRegistry;
import io.coapgate.gateway.device.PskIdentity;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A registry at the other end of a network. */
final class LaterRegistry implements DeviceRegistry {
    private final Executor network = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);
    private final DeviceRegistry registry;

    LaterRegistry(DeviceRegistry registry) {
        this.registry = registry;
    }

    @Override
    public CompletionStage<Optional<Enrolment>> findByPskIdentity(PskIdentity identity) {
        return later(registry.findByPskIdentity(identity));
    }

    @Override
    public CompletionStage<Optional<Enrolment>> findByPublicKey(Thumbprint subjectPublicKeyInfo) {
        return later(registry.findByPublicKey(subjectPublicKeyInfo));
    }

    @Override
    public CompletionStage<Optional<Enrolment>> findByCertificate(List<CertificateIdentity> identities) {
        return later(registry.findByCertificate(identities));
    }

    @Override
    public CompletionStage<Optional<Device>> findById(DeviceId id) {
        return CompletableFuture.supplyAsync(() -> registry.findById(id), network)
                .thenCompose(stage -> stage);
    }

    @Override
    public void onChange(Consumer<List<DeviceChange>> listener) {
        registry.onChange(listener);
    }

    private CompletionStage<Optional<Enrolment>> later(CompletionStage<Optional<Enrolment>> found) {
        return CompletableFuture.supplyAsync(() -> found, network).thenCompose(stage -> stage);
    }
}
