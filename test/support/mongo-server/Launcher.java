import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** A MongoDB-wire server for the tests: `Launcher PORT [FILE]`, 0 for any free port. Says where it listens, and runs until it is ended. */
public class Launcher {
  /** The driver wants wire version 9 or more; the server can do what the read store asks of one. */
  private static final MongoVersion VERSION = new MongoVersion() {
    @Override
    public List<Integer> getVersionArray() {
      return List.of(4, 4, 0);
    }

    @Override
    public int getWireVersion() {
      return 9;
    }
  };

  public static void main(String[] arguments) {
    MongoBackend backend = arguments.length > 1 ? new H2Backend(arguments[1]) : new MemoryBackend();
    MongoServer server = new MongoServer(ordered(backend.version(VERSION)));
    server.bind("127.0.0.1", Integer.parseInt(arguments[0]));
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
    System.out.println("listening on " + server.getLocalAddress().getPort());
  }

  /** MongoDB ends an ordered command at its first failed update; this server would go on. */
  private static MongoBackend ordered(MongoBackend backend) {
    return (MongoBackend) Proxy.newProxyInstance(
        Launcher.class.getClassLoader(), new Class<?>[] {MongoBackend.class}, (proxy, method, arguments) -> {
          if (method.getName().equals("handleMessage")) {
            MongoMessage message = (MongoMessage) arguments[0];
            Document command = message.getDocument();
            if (command.get("update") instanceof String && !Boolean.FALSE.equals(command.get("ordered"))) {
              return updateInOrder(backend, message, command);
            }
          }
          try {
            return method.invoke(backend, arguments);
          } catch (InvocationTargetException failed) {
            throw failed.getCause();
          }
        });
  }

  private static Document updateInOrder(MongoBackend backend, MongoMessage message, Document command) {
    int matched = 0;
    int modified = 0;
    List<Document> upserted = new ArrayList<>();
    List<Document> errors = new ArrayList<>();
    List<?> updates = (List<?>) command.get("updates");
    for (int index = 0; index < updates.size() && errors.isEmpty(); index++) {
      Document one = command.clone();
      one.put("updates", List.of(updates.get(index)));
      Document answer = backend.handleMessage(new MongoMessage(message.getChannel(), message.getHeader(), one));
      matched += ((Number) answer.get("n")).intValue();
      modified += answer.get("nModified") instanceof Number number ? number.intValue() : 0;
      collect(answer, "upserted", index, upserted);
      collect(answer, "writeErrors", index, errors);
    }
    Document answer = new Document("n", matched).append("nModified", modified);
    if (!upserted.isEmpty()) {
      answer.append("upserted", upserted);
    }
    if (!errors.isEmpty()) {
      answer.append("writeErrors", errors);
    }
    return answer.append("ok", 1.0);
  }

  private static void collect(Document answer, String name, int index, List<Document> all) {
    if (answer.get(name) instanceof List<?> some) {
      for (Object one : some) {
        Document copy = ((Document) one).clone();
        copy.put("index", index);
        all.add(copy);
      }
    }
  }
}
