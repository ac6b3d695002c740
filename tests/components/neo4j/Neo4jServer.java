import java.nio.file.Path;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * Serves a Neo4j of its own over Bolt: {@code Neo4jServer.java FOLDER PASSWORD}. It prints its
 * port when it is ready and stops when its standard input ends.
 */
public class Neo4jServer {
    public static void main(String[] args) throws Exception {
        DatabaseManagementService service = new DatabaseManagementServiceBuilder(Path.of(args[0]))
            .setConfig(GraphDatabaseSettings.auth_enabled, true)
            .setConfig(BoltConnector.enabled, true)
            .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", 0))
            .build();
        service.database("system").executeTransactionally(
            "ALTER USER neo4j SET PASSWORD '" + args[1] + "' CHANGE NOT REQUIRED");
        var database = (GraphDatabaseAPI) service.database("neo4j");
        var ports = database.getDependencyResolver().resolveDependency(ConnectorPortRegister.class);
        System.out.println(ports.getLocalAddress(ConnectorType.BOLT).getPort());
        while (System.in.read() != -1) {
            continue;
        }
        service.shutdown();
    }
}
