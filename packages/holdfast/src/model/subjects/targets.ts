import type { Said, Subject } from '../assertion/said.ts';
import type { HostHandle, OutsideHandle } from '../check/target.ts';
import type { ImageHandle } from '../image.ts';
import type { ServiceHandle } from '../service-handle.ts';
import { type AnswerSubjects, answerSubjects, type OutsideSubjects, outsideSubjects } from './answers.ts';
import { type ContainerSubjects, containerSubjects } from './container.ts';
import { type FileSubjects, fileSubjects } from './files.ts';
import { type MachineSubjects, machineSubjects } from './machine.ts';
import type { Naming } from './naming.ts';
import { type NetworkSubjects, networkSubjects, type PortsByName } from './network.ts';
import { type PostgresSubjects, postgresSubjects } from './postgres.ts';
import { type SoftwareSubjects, softwareSubjects } from './software.ts';
import { type WholeSubjects, wholeSubjects } from './whole.ts';

/** What can be named in a check of an image: what can be told of it before it runs for the first time. */
export interface ImageSubjects extends Pick<SoftwareSubjects, 'command' | 'a'> {
  /** A file, or whatever is there, by its absolute path. Links are followed. */
  file(path: string): Said<'file'>;
  /** A user, as /etc/passwd has it. */
  user(name: string): Said<'user'>;
  /** A TCP port, once the image is started as it is. */
  port(port: number): Subject<'port', 'listens'>;
  /** What GET of a path answers, once the image is started as it is. */
  http(port: number, path: string): Subject<'http', 'answers'>;
}

/** What can be named in a check of a machine. */
export interface HostSubjects<P = never>
  extends FileSubjects,
    SoftwareSubjects,
    MachineSubjects,
    NetworkSubjects<P>,
    AnswerSubjects,
    WholeSubjects {
  /** A PostgreSQL server that runs there, and what is in it. */
  readonly postgres: PostgresSubjects;
}

/** What can be named in a check of a service. It must be so of each of its instances. */
export interface ServiceSubjects<P = never> extends HostSubjects<P>, ContainerSubjects {}

/** What can be named in a check of a target. */
export type SubjectsOf<T> =
  T extends ServiceHandle<infer P>
    ? ServiceSubjects<P>
    : T extends ImageHandle
      ? ImageSubjects
      : T extends HostHandle
        ? HostSubjects
        : OutsideSubjects;

type Kind = (ImageHandle | ServiceHandle | HostHandle | OutsideHandle)['kind'];

/** By the kind of the target; `ports` are those of a service. */
export const subjectsFor: Readonly<Record<Kind, (naming: Naming, ports: PortsByName) => object>> = {
  image: imageSubjects,
  service: (naming, ports) => ({ ...hostSubjects(naming, ports), ...containerSubjects(naming) }),
  host: hostSubjects,
  outside: outsideSubjects,
};

function imageSubjects(naming: Naming): ImageSubjects {
  const { file } = fileSubjects(naming);
  const { command, user, a } = softwareSubjects(naming);
  const { port, http } = networkSubjects(naming, {});
  return { file, command, user, a, port, http };
}

function hostSubjects<P extends string>(naming: Naming, ports: PortsByName): HostSubjects<P> {
  return {
    ...fileSubjects(naming),
    ...softwareSubjects(naming),
    ...machineSubjects(naming),
    ...networkSubjects<P>(naming, ports),
    ...answerSubjects(naming),
    ...wholeSubjects(naming),
    postgres: postgresSubjects(naming),
  };
}
